import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { unavailable } from "./errors.ts";

/**
 * What a conditional write came to: DynamoDB's answer, or the item that the condition failed on, where the command
 * asks for it.
 */
export type WriteOutcome<Answer> =
  | { readonly applied: true; readonly answer: Answer }
  | { readonly applied: false; readonly item: Record<string, unknown> | undefined };

/**
 * Waits for a conditional write that was sent: a condition that fails is no error.
 *
 * @param detail what the log says where the database does not answer
 * @throws {ChatError} the 503 answer then
 */
export async function conditionally<Answer>(
  write: Promise<Answer>,
  detail: string,
): Promise<WriteOutcome<Answer>> {
  try {
    return { applied: true, answer: await write };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw unavailable(detail, error);
    return { applied: false, item: error.Item && unmarshall(error.Item) };
  }
}
