import { randomUUID } from "node:crypto";
import { answered, type Question } from "../question.ts";
import type { QuestionContext } from "../question-context.ts";
import { describeWindow, inSeconds, type SeenWindow, timesToLook } from "../time-window.ts";

/**
 * Within what time a repeated StartChatContact is safe. One ClientToken is repeated again and again, because each new
 * one would cost a contact; a second one, repeated only at the end, tells whether repeats prolong the memory.
 */
export const startChatIdempotency: Question = {
  id: "idempotencySeconds (StartChatContact)",
  title: "For how many seconds does StartChatContact remember a ClientToken?",
  async ask(context) {
    const { patienceMs } = context.probing;
    const control = await startFirst(context);
    const first = await startFirst(context);
    const seen = await watchRepeats(context, first, [0, ...timesToLook(patienceMs)]);
    if (seen.shutAfterMs === undefined) {
      const { isNew, elapsed } = await repeat(context, control);
      if (isNew) {
        return answered(
          `at most ${inSeconds(elapsed)}, prolonged by each repeat`,
          `A ClientToken repeated often still answered its first contact after ${inSeconds(seen.openAfterMs ?? 0)}, ` +
            `one repeated only then started a second contact.`,
        );
      }
    }
    return describeWindow(seen, patienceMs, describeRepeats(seen), (seconds) => ({
      switches: { idempotencySeconds: seconds },
    }));
  },
};

type First = { readonly ClientToken: string; readonly contactId: string; readonly at: number };

async function startFirst(context: QuestionContext): Promise<First> {
  const ClientToken = randomUUID();
  const { contactId } = await context.startContact({ ClientToken });
  return { ClientToken, contactId, at: context.now() };
}

async function repeat(context: QuestionContext, { ClientToken, contactId, at }: First) {
  const repeated = await context.startContact({ ClientToken });
  return { isNew: repeated.contactId !== contactId, elapsed: context.now() - at };
}

async function watchRepeats(
  context: QuestionContext,
  first: First,
  delays: readonly number[],
): Promise<SeenWindow> {
  let openAfterMs: number | undefined;
  for (const delay of delays) {
    await context.waitUntil(first.at + delay);
    const { isNew, elapsed } = await repeat(context, first);
    if (isNew) return { openAfterMs, shutAfterMs: elapsed };
    openAfterMs = elapsed;
  }
  return { openAfterMs, shutAfterMs: undefined };
}

function describeRepeats({ openAfterMs, shutAfterMs }: SeenWindow): string {
  const same =
    openAfterMs === undefined
      ? ""
      : `The start repeated after ${inSeconds(openAfterMs)} answered the first contact`;
  if (shutAfterMs === undefined) return `${same}, and so did every earlier one.`;
  return `${same && `${same}; `}${same ? "after" : "The start repeated after"} ${inSeconds(shutAfterMs)} it started a second contact.`;
}
