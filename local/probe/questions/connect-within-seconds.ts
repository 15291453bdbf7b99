import type { ProbedChat } from "../probed-chat.ts";
import type { Question } from "../question.ts";
import type { QuestionContext } from "../question-context.ts";
import { refusalOf } from "../refusal.ts";
import { describeWindow, inSeconds, type SeenWindow, timesToLook } from "../time-window.ts";

/** How long a contact lives that nobody connects to: the one that a crash between two calls would leave behind. */
export const connectWithinSeconds: Question = {
  id: "connectWithinSeconds",
  title: "After how many seconds does a contact end whose customer never connects?",
  async ask(context) {
    const { patienceMs } = context.probing;
    const startedAt = context.now();
    const chat = await context.startChat();
    const seen = await watch(context, chat, startedAt);
    return describeWindow(seen, patienceMs, describe(seen), (seconds) => ({
      switches: { connectWithinSeconds: seconds },
    }));
  },
};

/** Looks with GetTranscript, which connects nobody; whether the contact is over, StopContact tells for certain. */
async function watch(context: QuestionContext, chat: ProbedChat, startedAt: number): Promise<SeenWindow> {
  let openAfterMs: number | undefined;
  for (const delay of timesToLook(context.probing.patienceMs)) {
    await context.waitUntil(startedAt + delay);
    const refusal = await refusalOf(chat.transcript());
    const elapsed = context.now() - startedAt;
    if (refusal) {
      if (await context.probing.ledger.stop(chat.contact.contactId)) {
        throw new Error(`GetTranscript was refused with ${refusal.type}, though the contact went on.`);
      }
      return { openAfterMs, shutAfterMs: elapsed };
    }
    openAfterMs = elapsed;
  }
  return { openAfterMs, shutAfterMs: undefined };
}

function describe({ openAfterMs, shutAfterMs }: SeenWindow): string {
  const alive = openAfterMs === undefined ? "" : `It went on after ${inSeconds(openAfterMs)}`;
  if (shutAfterMs === undefined) return `${alive}.`;
  return `${alive && `${alive}, `}${alive ? "and" : "It"} had ended after ${inSeconds(shutAfterMs)}.`;
}
