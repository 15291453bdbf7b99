import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { conditionally } from "../conditional-write.ts";
import { unavailable } from "../errors.ts";
import type { ItemUpdate, SessionAttributes } from "../sessions/session-item.ts";
import { relayAttributes } from "./relay-rights.ts";

/** A chat as the relay sees it: which sockets it has, and whether it goes on. */
export type ChatSockets = Pick<SessionAttributes, (typeof relayAttributes.read)[number]>;

/**
 * The sessions table, as far as the relay may use it: sockets and the end of a chat. Each method is one DynamoDB call; each
 * throws the 503 answer when the database does not answer.
 */
export interface ChatSocketsStore {
  /** Undefined for a chat that has no session. Consistent: a socket that subscribed a moment ago is in it. */
  read(chat: string): Promise<ChatSockets | undefined>;
  /** Whether the update's condition held. */
  update(chat: string, update: ItemUpdate): Promise<boolean>;
}

/** The store on a real table. */
export function createChatSocketsStore(
  database: DynamoDBDocumentClient,
  tableName: string,
): ChatSocketsStore {
  const projection = relayAttributes.read.map((name) => `#${name}`);
  return {
    read: async (chat) => {
      const command = new GetCommand({
        TableName: tableName,
        Key: { pk: chat },
        ConsistentRead: true,
        ProjectionExpression: projection.join(", "),
        ExpressionAttributeNames: Object.fromEntries(relayAttributes.read.map((name) => [`#${name}`, name])),
      });
      const { Item } = await database.send(command).catch(databaseFailed);
      return Item as ChatSockets | undefined;
    },
    update: async (chat, update) => {
      const command = new UpdateCommand({
        TableName: tableName,
        Key: { pk: chat },
        ...update,
        ReturnValues: "NONE",
      });
      return (await conditionally(database.send(command), notAnswered)).applied;
    },
  };
}

const notAnswered = "the sessions table did not answer";

function databaseFailed(cause: unknown): never {
  throw unavailable(notAnswered, cause);
}
