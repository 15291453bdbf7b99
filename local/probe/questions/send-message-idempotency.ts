import { randomUUID } from "node:crypto";
import type { ProbedChat } from "../probed-chat.ts";
import type { Question } from "../question.ts";
import type { QuestionContext } from "../question-context.ts";
import { describeWindow, inSeconds, type SeenWindow, timesToLook } from "../time-window.ts";

/**
 * Within what time a repeated SendMessage is safe. Each ClientToken is repeated only once, so that the answer does not
 * depend on whether a repeat prolongs the memory.
 */
export const sendMessageIdempotency: Question = {
  id: "idempotencySeconds (SendMessage)",
  title: "For how many seconds does SendMessage remember a ClientToken?",
  async ask(context) {
    const { patienceMs } = context.probing;
    const { chat } = await context.connectChat();
    const seen = await watchRepeats(context, chat, timesToLook(patienceMs));
    return describeWindow(seen, patienceMs, describeRepeats(seen), (seconds) => ({
      switches: { idempotencySeconds: seconds },
    }));
  },
};

async function watchRepeats(
  context: QuestionContext,
  chat: ProbedChat,
  delays: readonly number[],
): Promise<SeenWindow> {
  const atOnce = await sendFirst(context, chat, 0);
  let openAfterMs = await repeat(context, chat, atOnce);
  if (openAfterMs.isNew) return { openAfterMs: undefined, shutAfterMs: openAfterMs.elapsed };
  // Those with the longest wait first: sending takes a while, and none must be late for its own repeat.
  const firsts = [];
  for (const delay of delays.toReversed()) firsts.unshift(await sendFirst(context, chat, delay));
  for (const first of firsts) {
    await context.waitUntil(first.at + first.delay);
    const repeated = await repeat(context, chat, first);
    if (repeated.isNew) return { openAfterMs: openAfterMs.elapsed, shutAfterMs: repeated.elapsed };
    openAfterMs = repeated;
  }
  return { openAfterMs: openAfterMs.elapsed, shutAfterMs: undefined };
}

async function sendFirst(context: QuestionContext, chat: ProbedChat, delay: number) {
  const ClientToken = randomUUID();
  const { Id } = await chat.say("once", { ClientToken });
  return { ClientToken, Id, delay, at: context.now() };
}

async function repeat(
  context: QuestionContext,
  chat: ProbedChat,
  { ClientToken, Id, at }: { ClientToken: string; Id: string | undefined; at: number },
) {
  const { Id: repeatedId } = await chat.say("once", { ClientToken });
  return { isNew: repeatedId !== Id, elapsed: context.now() - at };
}

function describeRepeats({ openAfterMs, shutAfterMs }: SeenWindow): string {
  const same =
    openAfterMs === undefined
      ? "No repeat"
      : `A repeat after ${inSeconds(openAfterMs)} answered the first message's Id`;
  if (shutAfterMs === undefined) return `${same}, and so did every earlier one.`;
  return openAfterMs === undefined
    ? `A repeat after ${inSeconds(shutAfterMs)} made a second message.`
    : `${same}, one after ${inSeconds(shutAfterMs)} made a second message.`;
}
