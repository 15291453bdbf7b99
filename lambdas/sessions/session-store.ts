import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { conditionally } from "../conditional-write.ts";
import { unavailable } from "../errors.ts";
import type { ItemUpdate, SessionItem } from "./session-item.ts";

/**
 * What a conditional update came to: the session as it is now, or as it was when the condition failed (if there is
 * one).
 */
export type UpdateOutcome =
  | { readonly applied: true; readonly item: SessionItem }
  | { readonly applied: false; readonly item: SessionItem | undefined };

/** The sessions table. Each method is one DynamoDB call; each throws the 503 answer when the database does not. */
export interface SessionStore {
  /**
   * Writes a new chat's item; one that is there already is fine if it is this one, written by a try whose answer was
   * lost. Never over one that has ended.
   */
  create(item: SessionItem): Promise<void>;
  /** Applies a conditional update. */
  update(pk: string, update: ItemUpdate): Promise<UpdateOutcome>;
}

/** The store on a real table. `signal` is not taken: an admission that was sent has to be waited for. */
export function createSessionStore(database: DynamoDBDocumentClient, tableName: string): SessionStore {
  return {
    create: async (item) => {
      const command = new PutCommand({
        TableName: tableName,
        Item: item,
        ConditionExpression: "attribute_not_exists(pk) OR (hp = :hp AND st = :active)",
        ExpressionAttributeValues: { ":hp": item.hp, ":active": "a" },
      });
      await database.send(command).catch((cause: unknown) => {
        throw unavailable(notAnswered, cause);
      });
    },
    update: async (pk, update) => {
      const command = new UpdateCommand({
        TableName: tableName,
        Key: { pk },
        ...update,
        ReturnValues: "ALL_NEW",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
      const outcome = await conditionally(database.send(command), notAnswered);
      return outcome.applied
        ? { applied: true, item: outcome.answer.Attributes as unknown as SessionItem }
        : { applied: false, item: sessionIn(outcome.item) };
    },
  };
}

/** An item without hashes is no session: it keeps one from being created (session-start.ts). */
function sessionIn(item: Readonly<Record<string, unknown>> | undefined): SessionItem | undefined {
  return item && "hp" in item ? (item as unknown as SessionItem) : undefined;
}

const notAnswered = "the sessions table did not answer";
