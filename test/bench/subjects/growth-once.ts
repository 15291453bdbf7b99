import { median } from "../statistics.ts";
import { type StoredSessions, serve, storeSessions } from "./stored-sessions.ts";

/** What a process measured of itself. */
export interface GrowthRun {
  /** Microseconds of CPU per SendMessage, by sessions stored. */
  readonly bySessions: Readonly<Record<string, number>>;
  /** Microseconds of CPU per GetTranscript, by items of the chat; Connect gives a hundred at most at a time. */
  readonly byItems: Readonly<Record<string, number>>;
  /** Megabytes of heap in use, collected, before and after an hour's requests. */
  readonly heap: readonly [before: number, after: number];
}

/** Requests of an hour at ten a second, Connect's quota of messages. */
const hour = 36_000;
const blockRequests = 500;
const blocks = 20;
const [form = "long"] = process.argv.slice(2);

const sent = { Id: "00000000-0000-0000-0000-000000000000", AbsoluteTime: new Date().toISOString() };
const sizes = form === "short" ? [100, 10_000] : [100, 1_000, 10_000, 100_000];
const messages = {
  path: "/participant/message",
  body: { ContentType: "text/plain", Content: "hello" },
  answer: sent,
};
const stores = Object.fromEntries(sizes.map((count) => [count, storeSessions({ ...messages, count })]));
const transcripts = Object.fromEntries(
  [10, 100, 1_000, 10_000].map((items) => [
    items,
    storeSessions({
      count: 100,
      path: "/participant/transcript",
      body: { MaxResults: 100 },
      answer: page(Math.min(items, 100)),
    }),
  ]),
);
const bySessions = await cpuOfEach(stores);
const byItems = await cpuOfEach(transcripts);
const largest = stores[sizes.at(-1) ?? 0] as StoredSessions;
const before = await heapAfter(largest, hour / 3);
const after = await heapAfter(largest, form === "short" ? hour / 6 : hour);
const run: GrowthRun = { bySessions, byItems, heap: [before, after] };
process.stdout.write(JSON.stringify(run), () => process.exit());

/** In turn, block by block, so that what the machine does meanwhile meets all. */
async function cpuOfEach(each: Readonly<Record<string, StoredSessions>>): Promise<Record<string, number>> {
  const taken = new Map(Object.keys(each).map((name) => [name, [] as number[]]));
  for (let block = -2; block < blocks; block++) {
    for (const [name, stored] of Object.entries(each)) {
      const cpu = await cpuOfBlock(stored, (block + 2) * blockRequests);
      if (block >= 0) taken.get(name)?.push(cpu);
    }
  }
  return Object.fromEntries([...taken].map(([name, all]) => [name, median(all)]));
}

async function cpuOfBlock(stored: StoredSessions, from: number): Promise<number> {
  const started = process.cpuUsage();
  for (let at = 0; at < blockRequests; at++) await serve(stored, from + at);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / blockRequests;
}

async function heapAfter(stored: StoredSessions, requests: number): Promise<number> {
  for (let at = 0; at < requests; at++) await serve(stored, at);
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

function page(length: number): object {
  const item = {
    Id: sent.Id,
    Type: "MESSAGE",
    Content: "hello",
    ContentType: "text/plain",
    AbsoluteTime: sent.AbsoluteTime,
  };
  return { InitialContactId: sent.Id, Transcript: Array.from({ length }, () => item) };
}
