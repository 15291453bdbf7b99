import { SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import type { QuestionContext } from "./question-context.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

/**
 * What the participant service answers to a token that nobody has, and to a content type that does not exist.
 *
 * @throws Error if it accepts either
 */
export async function errorsOf(context: QuestionContext): Promise<readonly Refusal[]> {
  const { chat } = await context.connectChat();
  const unknownToken = new SendMessageCommand({
    ConnectionToken: "a-token-of-nobody",
    ContentType: "text/plain",
    Content: "Hello",
  });
  const errors = [
    await refusalOf(context.probing.connect.call(unknownToken)),
    await refusalOf(chat.say("Hello", { ContentType: "text/html" })),
  ].filter((error) => error !== undefined);
  if (errors.length < 2) throw new Error("A message with a wrong token or content type was accepted.");
  return errors;
}
