import { assumed } from "./assumptions.ts";
import { readUnits, writeUnits } from "./database-units.ts";
import { prices } from "./prices.ts";
import type { ChatDemand } from "./reckoned-chat.ts";

/** USD of one chat, by what is paid for. */
export type ChatCost = Readonly<
  Record<"api" | "webAcl" | "lambda" | "database" | "sockets" | "topic" | "bucket" | "logs" | "kms", number>
>;

/** What a chat costs beside what it was counted to ask for. */
export interface ChatTerms {
  /** Size of a session's item in bytes: that much is billed of every write, however little of it changes. */
  readonly itemBytes: number;
  /** Calls of KMS for each operation: none, unless sessions were sealed with a key of KMS. */
  readonly kmsPerOperation: number;
}

/** Events of a socket that invoke the relay, beside its pings: opened, subscribed, closed. */
const eventsOfSocket = 3;

/** Writes of the relay's own table for each item, its claim and its mark: a few hundred bytes, so a unit each. */
const smallWritesOfItem = 2;

/** What one chat costs, cold starts apart. Pure: demand and prices in, USD out. */
export function costOfChat(demand: ChatDemand, { itemBytes, kmsPerOperation }: ChatTerms): ChatCost {
  const { operations, preflights, items, socketMinutes, bucketGets, bucketPuts } = demand;
  const requests = operations + preflights;
  const heard = framesOf(demand);
  const invocations = requests + items + heard;
  const seconds = busySecondsOf(demand) * assumed.memoryGigabytes.value;
  const logBytes =
    demand.logBytes +
    invocations * assumed.lambdaLogBytes.value +
    (requests + heard) * assumed.gatewayLogBytes.value;
  return {
    api: requests * prices.apiRequest,
    webAcl: requests * prices.webAclRequest,
    lambda: invocations * prices.lambdaRequest + seconds * prices.lambdaGigabyteSecond,
    database:
      writeUnitsOf(demand, itemBytes) * prices.tableWriteUnit +
      demand.databaseReads * readUnits(itemBytes) * prices.tableReadUnit,
    sockets: socketMessagesOf(demand) * prices.socketMessage + socketMinutes * prices.socketMinute,
    topic: items * prices.topicPublish,
    bucket: bucketPuts * prices.bucketPut + bucketGets * prices.bucketGet,
    logs: (logBytes * prices.logGigabyte) / 1e9,
    kms: operations * kmsPerOperation * prices.kmsRequest,
  };
}

/** Write units of a chat. Every write is billed as one of the session's item, but for the relay's small ones. */
export function writeUnitsOf({ databaseWrites, items }: ChatDemand, itemBytes: number): number {
  const small = items * smallWritesOfItem;
  return small + (databaseWrites - small) * writeUnits(itemBytes);
}

/** Seconds that functions work for a chat, and so, of many chats, how many containers are busy at a time. */
export function busySecondsOf(demand: ChatDemand): number {
  const { operations, preflights, items, socketMinutes } = demand;
  return (
    (operations + preflights) * assumed.operationSeconds.value +
    items * assumed.itemSeconds.value +
    framesOf(demand) * assumed.frameSeconds.value +
    (socketMinutes > 0 ? assumed.heldSeconds.value : 0)
  );
}

/** Messages that API Gateway carries over a chat's socket, either way: a ping and its answer are two. */
export function socketMessagesOf({ socketMinutes, posts }: ChatDemand): number {
  if (socketMinutes === 0) return 0;
  const subscription = 1;
  return 2 * socketMinutes * assumed.framesPerMinute.value + subscription + posts;
}

/** Times that a chat's socket invokes the relay. */
function framesOf({ socketMinutes }: Pick<ChatDemand, "socketMinutes">): number {
  return socketMinutes === 0 ? 0 : socketMinutes * assumed.framesPerMinute.value + eventsOfSocket;
}

/** USD of a month of so many chats, of which each meets so many cold starts. Lambda bills a start's init like a request's time. */
export function costOfMonth(cost: ChatCost, chats: number, coldStarts: number): number {
  const init = assumed.initSeconds.value * assumed.memoryGigabytes.value * prices.lambdaGigabyteSecond;
  const chat = Object.values(cost).reduce((sum, part) => sum + part, 0);
  return prices.fixedMonth + chats * (chat + coldStarts * init);
}
