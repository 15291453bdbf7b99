import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { conditionally } from "../conditional-write.ts";
import { unavailable } from "../errors.ts";
import { type Lease, latestEnding } from "../sessions/lease.ts";

/** Which chat a socket belongs to, and its entry in the chat's set. */
export interface SocketRecord {
  readonly chat: string;
  readonly entry: string;
}

/** How far the delivery of one item has come. */
export interface DeliveryRecord {
  /** Until when one invocation delivers it. */
  readonly lease?: Lease;
  /** Sockets that have it, where not all of them could be reached. */
  readonly served?: ReadonlySet<string>;
  readonly done?: boolean;
}

/** What the claim of an item came to: the right to deliver it, or how far another has come. */
export interface Claim {
  readonly won: boolean;
  readonly record: DeliveryRecord;
}

/**
 * The relay's table: sockets by their connection id, and items by their delivery. Each method is one DynamoDB call; each
 * throws the 503 answer when the database does not answer.
 */
export interface RelayStore {
  putSocket(connectionId: string, record: SocketRecord): Promise<void>;
  findSocket(connectionId: string): Promise<SocketRecord | undefined>;
  /** Removes it and answers what it was. */
  takeSocket(connectionId: string): Promise<SocketRecord | undefined>;
  /** Claims an item that is not done, and that nobody else is delivering. */
  claim(item: string, now: number, lease: Lease): Promise<Claim>;
  /** Gives the claim back, with the sockets that have the item. */
  giveBack(item: string, served: readonly string[]): Promise<void>;
  markDone(item: string): Promise<void>;
}

/** How long a delivery is remembered, in seconds: far longer than any notification of it can come late. */
const deliveryKeptSeconds = 24 * 3_600;

/** How long a socket is remembered, in seconds: API Gateway closes it after two hours. */
const socketKeptSeconds = 3 * 3_600;

/** The store on a real table. */
export function createRelayStore(
  database: DynamoDBDocumentClient,
  TableName: string,
  clock: { now(): number },
): RelayStore {
  const socketKey = (connectionId: string) => ({ pk: `socket#${connectionId}` });
  const itemKey = (item: string) => ({ pk: `item#${item}` });
  const ttl = (seconds: number) => Math.ceil(clock.now() / 1_000) + seconds;
  const answering = <T>(call: Promise<T>): Promise<T> => call.catch(databaseFailed);
  return {
    putSocket: async (connectionId, { chat, entry }) => {
      const Item = { ...socketKey(connectionId), chat, entry, ttl: ttl(socketKeptSeconds) };
      await answering(database.send(new PutCommand({ TableName, Item })));
    },
    findSocket: async (connectionId) => {
      const command = new GetCommand({ TableName, Key: socketKey(connectionId), ConsistentRead: true });
      return (await answering(database.send(command))).Item as SocketRecord | undefined;
    },
    takeSocket: async (connectionId) => {
      const command = new DeleteCommand({
        TableName,
        Key: socketKey(connectionId),
        ReturnValues: "ALL_OLD",
      });
      return (await answering(database.send(command))).Attributes as SocketRecord | undefined;
    },
    claim: async (item, now, lease) => {
      const command = new UpdateCommand({
        TableName,
        Key: itemKey(item),
        UpdateExpression: "SET #lease = :lease, #ttl = :ttl",
        ConditionExpression:
          "attribute_not_exists(done) AND (attribute_not_exists(#lease) OR #lease < :ending)",
        ExpressionAttributeNames: { "#lease": "lease", "#ttl": "ttl" },
        ExpressionAttributeValues: {
          ":lease": lease,
          ":ending": latestEnding(now),
          ":ttl": ttl(deliveryKeptSeconds),
        },
        ReturnValues: "ALL_NEW",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
      const outcome = await conditionally(database.send(command), notAnswered);
      if (outcome.applied) return { won: true, record: outcome.answer.Attributes as DeliveryRecord };
      const record: DeliveryRecord = outcome.item ?? {};
      // The try whose answer was lost has won it.
      return { won: record.lease === lease, record };
    },
    giveBack: async (item, served) => {
      const command = new UpdateCommand({
        TableName,
        Key: itemKey(item),
        UpdateExpression: `REMOVE #lease${served.length > 0 ? " ADD served :served" : ""}`,
        ExpressionAttributeNames: { "#lease": "lease" },
        ...(served.length > 0 && { ExpressionAttributeValues: { ":served": new Set(served) } }),
      });
      await answering(database.send(command));
    },
    markDone: async (item) => {
      const command = new UpdateCommand({
        TableName,
        Key: itemKey(item),
        UpdateExpression: "SET done = :true",
        ExpressionAttributeValues: { ":true": true },
      });
      await answering(database.send(command));
    },
  };
}

const notAnswered = "the relay's table did not answer";

function databaseFailed(cause: unknown): never {
  throw unavailable(notAnswered, cause);
}
