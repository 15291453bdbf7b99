import { assumed } from "./assumptions.ts";
import { readUnits, writeUnits } from "./database-units.ts";
import { prices, type Tier } from "./prices.ts";
import type { ChatDemand } from "./reckoned-chat.ts";

/** USD, by what is paid for. */
export type ChatCosts = Readonly<
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

/** What so many chats of a month cost, cold starts apart. Pure: demand and prices in, USD out. */
export function costOfChats(
  chats: number,
  demand: ChatDemand,
  { itemBytes, kmsPerOperation }: ChatTerms,
): ChatCosts {
  const { operations, preflights, items, socketMinutes, bucketGets, bucketPuts } = demand;
  const requests = operations + preflights;
  const heard = eventsOfSocketsOf(demand);
  const invocations = requests + items + heard;
  const seconds = busySecondsOf(demand) * assumed.memoryGigabytes.value;
  const logBytes =
    demand.logBytes +
    invocations * assumed.lambdaLogBytes.value +
    (requests + heard) * assumed.gatewayLogBytes.value;
  const database =
    writeUnitsOf(demand, itemBytes) * prices.tableWriteUnit +
    demand.databaseReads * readUnits(itemBytes) * prices.tableReadUnit;
  return {
    api: tiered(chats * requests, prices.apiRequest),
    webAcl: chats * requests * prices.webAclRequest,
    lambda: chats * (invocations * prices.lambdaRequest + seconds * prices.lambdaGigabyteSecond),
    database: chats * database,
    sockets:
      tiered(chats * socketMessagesOf(demand), prices.socketMessage) +
      chats * socketMinutes * prices.socketMinute,
    topic: chats * items * prices.topicPublish,
    bucket: chats * (bucketPuts * prices.bucketPut + bucketGets * prices.bucketGet),
    logs: (chats * logBytes * prices.logGigabyte) / 1e9,
    kms: chats * operations * kmsPerOperation * prices.kmsRequest,
  };
}

/** What an amount costs where more of it is cheaper. */
export function tiered(amount: number, tiers: readonly Tier[]): number {
  let sum = 0;
  let from = 0;
  for (const { upTo, price } of tiers) {
    sum += Math.max(0, Math.min(amount, upTo) - from) * price;
    from = upTo;
  }
  return sum;
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
    eventsOfSocketsOf(demand) * assumed.frameSeconds.value +
    (socketMinutes > 0 ? assumed.heldSeconds.value : 0)
  );
}

/** Messages that API Gateway carries over a chat's socket, either way: a ping and its answer are two. */
export function socketMessagesOf({ socketMinutes, posts }: ChatDemand): number {
  if (socketMinutes === 0) return 0;
  const subscription = 1;
  return 2 * socketMinutes * assumed.framesPerMinute.value + subscription + posts;
}

/** Times that a chat's sockets invoke the relay. */
export function eventsOfSocketsOf({ socketMinutes }: Pick<ChatDemand, "socketMinutes">): number {
  return socketMinutes === 0 ? 0 : socketMinutes * assumed.framesPerMinute.value + eventsOfSocket;
}

/**
 * USD of a month of so many chats, of which each meets so many cold starts. Lambda bills a start's init like a
 * request's time.
 */
export function costOfMonth(chats: number, costs: ChatCosts, coldStarts: number): number {
  const init = assumed.initSeconds.value * assumed.memoryGigabytes.value * prices.lambdaGigabyteSecond;
  return (
    prices.fixedMonth + Object.values(costs).reduce((sum, part) => sum + part, 0) + chats * coldStarts * init
  );
}
