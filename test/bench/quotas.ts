import { defaultQuotas } from "../../local/simulator/quotas.ts";
import { assumed } from "./assumptions.ts";
import { secondsOfMonth } from "./cold-starts.ts";
import { busySecondsOf, eventsOfSocketsOf, socketMessagesOf, writeUnitsOf } from "./cost-model.ts";
import type { ChatDemand } from "./reckoned-chat.ts";

/** A quota of AWS that many chats run into. */
export interface Quota {
  readonly name: string;
  /** What is to be had by default: so many a second, or so many at a time. */
  readonly most: number;
  readonly unit: "a second" | "at a time";
  /** What one chat takes of it in all; of one that counts at a time, the seconds it holds it for. */
  readonly perChat: number;
  /** What to ask AWS for when it binds. */
  readonly raise: string;
}

/**
 * The quotas that a chat of this demand takes of: Connect's, by the operations that were counted to be called, in the
 * simulator's list of AWS's defaults; and those of an AWS account. `chatSeconds`: how long a chat goes on.
 */
export function quotasOf(demand: ChatDemand, itemBytes: number, chatSeconds: number): readonly Quota[] {
  const { calls, concurrentChats } = defaultQuotas();
  const requests = demand.operations + demand.preflights;
  return [
    ...Object.entries(demand.connect).flatMap(([operation, perChat]): Quota[] => {
      const quota = calls[operation];
      if (quota === undefined) return [];
      const raise = `Amazon Connect, rate of ${operation}; then throttleFactor`;
      return [{ name: `Connect: ${operation}`, most: quota.rate, unit: "a second", perChat, raise }];
    }),
    {
      name: "Connect: chats",
      most: concurrentChats,
      unit: "at a time",
      perChat: chatSeconds,
      raise: "Amazon Connect, concurrent active chats per instance",
    },
    {
      name: "API Gateway: requests and socket messages of the account",
      most: 10_000,
      unit: "a second",
      perChat: requests + socketMessagesOf(demand),
      raise: "API Gateway, throttle rate",
    },
    {
      name: "Lambda: busy containers of the account",
      most: 1_000,
      unit: "at a time",
      perChat: busySecondsOf(demand),
      raise: "Lambda, concurrent executions",
    },
    {
      // SNS invokes asynchronously, which this does not limit (AWS Lambda developer guide, "Lambda quotas").
      name: "Lambda: requests, ten a second for each container that may be busy",
      most: 10_000,
      unit: "a second",
      perChat: requests + eventsOfSocketsOf(demand),
      raise: "Lambda, concurrent executions",
    },
    {
      name: "DynamoDB: write units that a new table takes at once",
      most: 4_000,
      unit: "a second",
      perChat: writeUnitsOf(demand, itemBytes),
      raise: "nothing: it grows with its use, to twice its last peak within 30 minutes",
    },
    {
      name: "DynamoDB: write units on demand, as if of one table",
      most: 40_000,
      unit: "a second",
      perChat: writeUnitsOf(demand, itemBytes),
      raise: "DynamoDB, table-level write throughput",
    },
  ];
}

/** Chats a month at which a quota binds: when the busiest second, with so many times the average load, takes all of it. */
export function bindsAt({ most, perChat }: Pick<Quota, "most" | "perChat">): number {
  return (most / assumed.peakFactor.value / perChat) * secondsOfMonth;
}
