import { prices } from "./prices.ts";

/** How a chat goes: what is asked, and how it is served. */
export interface ChatShape {
  /** Requests of the API; preflights come on top, `preflights` of them. */
  readonly operations: number;
  readonly preflights: number;
  /** Items that Connect publishes. */
  readonly items: number;
  /** Minutes a socket of ours is open; 0 in `direct`. */
  readonly socketMinutes: number;
  readonly uploads: number;
}

/** What a request was counted to cost. */
export interface CountedCalls {
  /** Database updates per operation, and per item that is delivered. */
  readonly updatesPerOperation: number;
  readonly callsPerItem: number;
  /** Size of a session's item in bytes, which a whole update writes. */
  readonly itemBytes: number;
  /** KMS calls per operation. */
  readonly kmsPerOperation: number;
}

/** USD of one chat, by what is paid for. */
export type ChatCost = Readonly<
  Record<"api" | "webAcl" | "lambda" | "database" | "sockets" | "topic" | "bucket" | "logs" | "kms", number>
>;

/** Memory of a function in GB. */
const memory = 0.5;

/** Billed seconds of an operation, of an item's delivery and of a socket's frame. */
const seconds = { operation: 0.05, item: 0.05, frame: 0.01 };

/** Socket messages a minute: chat clients send a ping and a heartbeat every ten seconds, and are answered. */
const framesPerMinute = { in: 12, all: 24 };

/** Log bytes of a request: a line of ours, a metric line, Lambda's and the gateway's. */
const logBytes = 1_500;

/** What one chat costs. Pure: prices and counts in, USD out. */
export function costOfChat(shape: ChatShape, calls: CountedCalls): ChatCost {
  const { operations, preflights, items, socketMinutes, uploads } = shape;
  const relayed = socketMinutes > 0 ? items : 0;
  const frames = socketMinutes * framesPerMinute.in;
  const requests = operations + preflights;
  const invocations = requests + relayed + frames;
  const busySeconds = requests * seconds.operation + relayed * seconds.item + frames * seconds.frame;
  return {
    api: requests * prices.apiRequest,
    webAcl: requests * prices.webAclRequest,
    lambda: invocations * prices.lambdaRequest + busySeconds * memory * prices.lambdaGigabyteSecond,
    database:
      operations * calls.updatesPerOperation * writeUnits(calls.itemBytes) * prices.tableWriteUnit +
      relayed * calls.callsPerItem * prices.tableWriteUnit,
    sockets:
      (socketMinutes * framesPerMinute.all + relayed) * prices.socketMessage +
      socketMinutes * prices.socketMinute,
    topic: relayed * prices.topicPublish,
    bucket: uploads * (prices.bucketPut + prices.bucketGet),
    logs: (invocations * logBytes * prices.logGigabyte) / 1e9,
    kms: operations * calls.kmsPerOperation * prices.kmsRequest,
  };
}

/** DynamoDB's unit of writing is a kilobyte, begun ones whole. */
export function writeUnits(bytes: number): number {
  return Math.ceil(bytes / 1_024);
}

/** USD of a month of so many chats. */
export function costOfMonth(cost: ChatCost, chats: number): number {
  return prices.fixedMonth + chats * Object.values(cost).reduce((sum, part) => sum + part, 0);
}

/** A quota of AWS that many chats run into. */
export interface Quota {
  readonly name: string;
  /** What is to be had by default, a second. */
  readonly perSecond: number;
  /** What one chat takes of it in all. */
  readonly perChat: number;
  readonly raise: string;
}

/** Chats a month at which a quota binds, with `peak` times the average load in the busiest second. */
export function bindsAt({ perSecond, perChat }: Quota, peak: number): number {
  const secondsOfMonth = 30 * 24 * 3_600;
  return (perSecond / peak / perChat) * secondsOfMonth;
}
