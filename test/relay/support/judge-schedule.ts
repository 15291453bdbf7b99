import type { PostedSocket } from "./posted-frames.ts";
import type { PlannedItem, Schedule } from "./schedule.ts";
import type { ChatOutcome } from "./scheduled-chat.ts";

/** How long items wait for a chat's first subscription, in milliseconds. */
const holdMs = 5_000;

/** A subscribed socket and the items it was sent, by their ids, in order. */
interface Heard {
  readonly socket: PostedSocket;
  /** Milliseconds since the chat began. */
  readonly subscribedAt: number;
  readonly items: readonly string[];
}

/** Everything that is wrong with what became of a chat; nothing, where all is well. */
export function judgeSchedule({ items }: Schedule, outcome: ChatOutcome): readonly string[] {
  const heard = outcome.sockets.flatMap((socket) => heardBy(socket, outcome.startedAt));
  const end = items.at(-1)?.id ?? "";
  return [
    ...outcome.errors,
    ...items.flatMap((item) => judgeItem(item, heard, outcome.mayRepeat.has(item.id))),
    ...heard.flatMap((socket) => judgeEnd(end, socket.items)),
    ...stillOpen(outcome),
  ];
}

/** A socket that subscribed before an item arrived must have it; so must the first, if the item waited. */
function judgeItem(
  { id, arrivals }: PlannedItem,
  heard: readonly Heard[],
  mayRepeat: boolean,
): readonly string[] {
  const wrong: string[] = [];
  const arrival = Math.min(...arrivals);
  for (const { subscribedAt, items } of heard) {
    const count = items.filter((item) => item === id).length;
    if (count === 0 && subscribedAt < arrival) wrong.push(`${id} lost on a socket subscribed before it`);
    if (count > 1 && !mayRepeat) wrong.push(`${id} came ${count} times`);
  }
  const first = Math.min(...heard.map(({ subscribedAt }) => subscribedAt));
  const waits = first >= arrival && first < arrival + holdMs;
  const hasIt = heard.some(({ subscribedAt, items }) => subscribedAt === first && items.includes(id));
  return waits && !hasIt ? [...wrong, `${id} did not wait for the first socket`] : wrong;
}

function judgeEnd(end: string, ids: readonly string[]): readonly string[] {
  const begins = ids.indexOf(end);
  const after = begins < 0 ? [] : ids.slice(begins).filter((id) => id !== end);
  return after.map((id) => `${id} came after the end`);
}

function stillOpen({ sockets, mayStayOpen }: ChatOutcome): readonly string[] {
  if (mayStayOpen) return [];
  return sockets.filter(({ isOpen }) => isOpen).map(() => "a socket stayed open after the end");
}

function heardBy(socket: PostedSocket, startedAt: number): readonly Heard[] {
  const [answer, ...frames] = socket.frames;
  if (answer === undefined) return [];
  const contents = frames.map(({ text }) => JSON.parse(text) as { topic: string; content: string });
  const items = contents.map(({ content }) => (JSON.parse(content) as { Id: string }).Id);
  return [{ socket, subscribedAt: answer.at - startedAt, items }];
}
