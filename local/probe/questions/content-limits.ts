import { settingNames } from "../../../lambdas/setting-names.ts";
import { largestAccepted } from "../largest-accepted.ts";
import type { ProbedChat } from "../probed-chat.ts";
import { answered, type Question } from "../question.ts";
import { named, refusalOf } from "../refusal.ts";

/** Longest content of the service model, in characters. */
const modelLimit = 16_384;

/** The SDK documentation's limit of each type, in characters. */
const documentedLimits: Readonly<Record<string, number>> = {
  "text/plain": 1_024,
  "text/markdown": 1_024,
  "application/json": 12_000,
  "application/vnd.amazonaws.connect.message.interactive.response": 12_288,
};

/** How long a message may be: AWS's model and documentation differ. */
export const contentLimits: Question = {
  id: "contentLimits",
  title: "How many characters may a message have?",
  async ask(context) {
    const types = Object.keys(documentedLimits);
    const { chat } = await context.connectChat({ SupportedMessagingContentTypes: types });
    const limits: Record<string, number> = {};
    for (const type of types) {
      limits[type] = await largestAccepted([documentedLimits[type] ?? 1], modelLimit, (length) =>
        accepts(chat, type, length),
      );
    }
    const evidence = `Longest accepted: ${Object.entries(limits)
      .map(([type, limit]) => `${type.split(".").at(-1)} ${limit}`)
      .join(", ")}.`;
    const longest = Math.max(...Object.values(limits));
    if (types.every((type) => limits[type] === modelLimit)) {
      return answered("model", evidence, { switches: { contentLimits: "model" } });
    }
    const recommendation = `${settingNames.messageMaxLength}=${longest}`;
    return types.every((type) => limits[type] === documentedLimits[type])
      ? answered("per-type", evidence, { recommendation, switches: { contentLimits: "per-type" } })
      : answered("neither the model's nor the documented ones", evidence, { recommendation });
  },
};

async function accepts(chat: ProbedChat, ContentType: string, length: number): Promise<boolean> {
  const refusal = await refusalOf(chat.say(contentOf(ContentType, length), { ContentType }));
  if (refusal && refusal.status !== 400) throw new Error(`SendMessage was refused with ${named(refusal)}.`);
  return refusal === undefined;
}

/** JSON where the type wants JSON, so that only its length can be wrong. */
function contentOf(contentType: string, length: number): string {
  const isJson = !contentType.startsWith("text/");
  return isJson && length > 2 ? `"${"x".repeat(length - 2)}"` : "1".repeat(length);
}
