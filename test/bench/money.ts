import {
  bindsAt,
  type ChatShape,
  type CountedCalls,
  costOfChat,
  costOfMonth,
  type Quota,
} from "./cost-model.ts";
import { countCalls } from "./counts.ts";
import { prices } from "./prices.ts";
import type { Measure } from "./section.ts";
import { rounded } from "./statistics.ts";

/** The chat that is reckoned with: ten minutes, 64 operations (as counted in test/browser), 40 items, now and then a file. */
const relayed: ChatShape = { operations: 64, preflights: 8, items: 40, socketMinutes: 10, uploads: 0.1 };
const volumes = [1_000, 1_000_000, 100_000_000];

/** The busiest second has so many times the month's average. */
const peak = 5;

/** What the service costs, and where it meets a quota first: a model, fed with the calls that a chat was counted to make. */
export const money: Measure = async () => {
  const { counted, itemBytes } = await countCalls("relay");
  const delivery = (counted["SendMessage"]?.database ?? 0) - 1;
  const calls: CountedCalls = {
    updatesPerOperation: 1,
    callsPerItem: delivery,
    itemBytes,
    kmsPerOperation: 0,
  };
  const chat = costOfChat(relayed, calls);
  const ways = {
    "relay (as deployed)": chat,
    direct: costOfChat({ ...relayed, socketMinutes: 0 }, calls),
    "a KMS call per request": costOfChat(relayed, { ...calls, kmsPerOperation: 1 }),
  };
  const months = Object.entries(ways).map(([way, cost]) => [
    way,
    Object.fromEntries(
      volumes.map((chats) => [
        `${chats.toLocaleString("en")} chats, USD a month`,
        rounded(costOfMonth(cost, chats)),
      ]),
    ),
  ]);
  const starts = counted["StartChatContact"]?.connect ?? Number.NaN;
  const quotas: readonly Quota[] = [
    {
      name: "Connect: StartChatContact",
      perSecond: 5,
      perChat: 1,
      raise: "Amazon Connect, rate of StartChatContact; then throttleFactor",
    },
    {
      name: "Connect: CreateParticipantConnection",
      perSecond: 6,
      perChat: counted["CreateParticipantConnection"]?.connect ?? Number.NaN,
      raise: "Amazon Connect; then throttleFactor",
    },
    {
      name: "Connect: SendMessage",
      perSecond: 10,
      perChat: relayed.items / 2,
      raise: "Amazon Connect; then throttleFactor",
    },
    {
      name: "API Gateway: requests of the account",
      perSecond: 10_000,
      perChat: relayed.operations + relayed.preflights,
      raise: "API Gateway, throttle rate",
    },
    {
      name: "DynamoDB: write units of a table on demand",
      perSecond: 40_000,
      perChat: relayed.operations * Math.ceil(itemBytes / 1_024),
      raise: "DynamoDB, table-level write throughput",
    },
    {
      name: "Lambda: concurrency 1,000, 50 ms a request",
      perSecond: 20_000,
      perChat: relayed.operations + relayed.items + relayed.socketMinutes * 12,
      raise: "Lambda, concurrent executions",
    },
  ];
  return {
    title: "Money",
    meaning:
      `A chat of ten minutes, ${relayed.operations} operations and ${relayed.items} items, with prices of us-east-1 in ${prices.date} as remembered, not looked up (test/bench/prices.ts): check yours. ` +
      "Amazon Connect's own price per message comes on top and is far higher. One Lambda for each operation would cost the same " +
      "in a month, but its first chat meets more functions cold.",
    tables: [
      { title: "A month", rows: Object.fromEntries(months) },
      {
        title: "A million chats in relay, USD by what is paid for",
        rows: {
          relay: Object.fromEntries(Object.entries(chat).map(([part, usd]) => [part, rounded(usd * 1e6)])),
        },
      },
      {
        title: "Counted",
        rows: {
          chat: {
            "database calls per delivered item": delivery,
            "Connect calls per start": starts,
            "bytes of a session's item": itemBytes,
          },
        },
      },
      {
        title: `Quotas, with ${peak} times the average in the busiest second: which binds first`,
        rows: Object.fromEntries(
          quotas
            .map((quota) => ({ ...quota, at: bindsAt(quota, peak) }))
            .sort((a, b) => a.at - b.at)
            .map(({ name, perSecond, at, raise }) => [
              name,
              { "default, a second": perSecond, "binds at chats a month": rounded(at), raise },
            ]),
        ),
      },
    ],
    bounds: [],
    kept: {
      "bytes of a session's item": { value: itemBytes, margin: 1.05 },
      "relay x direct": {
        value: rounded(costOfMonth(chat, 1e6) / costOfMonth(ways.direct, 1e6)),
        margin: 1.1,
      },
    },
    raw: {},
  };
};
