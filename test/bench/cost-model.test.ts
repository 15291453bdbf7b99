import { describe, expect, it } from "vitest";
import { assumed } from "./assumptions.ts";
import {
  busySecondsOf,
  costOfChats,
  costOfMonth,
  socketMessagesOf,
  tiered,
  writeUnitsOf,
} from "./cost-model.ts";
import { prices } from "./prices.ts";
import { bindsAt, quotasOf } from "./quotas.ts";
import type { ChatDemand } from "./reckoned-chat.ts";

const message: ChatDemand = {
  operations: 1,
  preflights: 0,
  databaseReads: 0,
  databaseWrites: 1,
  connect: { SendMessage: 1 },
  items: 0,
  bucketGets: 0,
  bucketPuts: 0,
  posts: 0,
  socketMinutes: 0,
  logBytes: 0,
};
const terms = { itemBytes: 2_600, kmsPerOperation: 0 };

function sumOf(demand: ChatDemand): number {
  const { logs: _, ...cost } = costOfChats(1, demand, terms);
  return Object.values(cost).reduce((sum, part) => sum + part, 0);
}

describe("the cost of a chat", () => {
  it("is that of a million messages as docs/operations.md reckons it, logs apart", () => {
    expect(sumOf(message) * 1e6).toBeCloseTo(3.5 + 0.6 + 0.2 + 0.333 + 1.875, 2);
  });

  it("is that of a million delivered items as docs/operations.md reckons it", () => {
    const item = { databaseReads: 1, databaseWrites: 2, items: 1 };
    const delivered = { ...message, ...item, operations: 0, socketMinutes: 10, posts: 1 };
    const unused = { ...delivered, items: 0, databaseReads: 0, databaseWrites: 0, posts: 0 };
    expect((sumOf(delivered) - sumOf(unused)) * 1e6).toBeCloseTo(0.5 + 0.53 + 1.25 + 0.13 + 1, 1);
  });

  it("bills reads for less than writes", () => {
    const database = (demand: Partial<ChatDemand>) =>
      costOfChats(1, { ...message, ...demand }, terms).database;
    const read = database({ databaseReads: 1, databaseWrites: 0 });
    expect(read).toBe(prices.tableReadUnit);
    expect(database({})).toBe(3 * prices.tableWriteUnit);
  });

  it("has the relay's messages, frames and waiting only where a socket of ours is open", () => {
    expect(costOfChats(1, message, terms).sockets).toBe(0);
    expect(costOfChats(1, { ...message, socketMinutes: 10 }, terms).sockets).toBeCloseTo(241e-6 + 2.5e-6, 9);
    const frames = 120 + 3;
    expect(busySecondsOf({ ...message, socketMinutes: 10 }) - busySecondsOf(message)).toBeCloseTo(
      frames * assumed.frameSeconds.value + assumed.heldSeconds.value,
      9,
    );
  });

  it("has our own log bytes beside those of Lambda and of the gateway", () => {
    const { lambdaLogBytes, gatewayLogBytes } = assumed;
    const bytes = 1_000 + lambdaLogBytes.value + gatewayLogBytes.value;
    expect(costOfChats(1, { ...message, logBytes: 1_000 }, terms).logs).toBeCloseTo(bytes * 0.5e-9, 12);
  });

  it("grows with a KMS call for each request", () => {
    expect(costOfChats(1, message, { ...terms, kmsPerOperation: 1 }).kms).toBe(prices.kmsRequest);
  });

  it("is of a month: what is fixed, each chat, and each cold start", () => {
    const month = (chats: number, coldStarts: number) =>
      costOfMonth(chats, costOfChats(chats, message, terms), coldStarts);
    const init = assumed.initSeconds.value * assumed.memoryGigabytes.value * prices.lambdaGigabyteSecond;
    expect(month(0, 1)).toBe(prices.fixedMonth);
    expect(month(1e6, 2) - month(1e6, 0)).toBeCloseTo(2e6 * init, 6);
  });

  it("is less where there are more of them", () => {
    const { api } = costOfChats(1e9, message, terms);
    expect(api).toBeCloseTo(333e6 * 3.5e-6 + 667e6 * 2.8e-6, 3);
    expect(api).toBeLessThan(1e9 * costOfChats(1, message, terms).api);
  });
});

it("prices the part of an amount that is in a tier at that tier's", () => {
  const tiers = [
    { upTo: 10, price: 3 },
    { upTo: 20, price: 2 },
    { upTo: Number.POSITIVE_INFINITY, price: 1 },
  ];
  expect([0, 10, 11, 20, 25].map((amount) => tiered(amount, tiers))).toEqual([0, 30, 32, 50, 55]);
});

it("a write is billed as the whole session's item, but for an item's claim and mark", () => {
  expect(writeUnitsOf({ ...message, databaseWrites: 5 }, 2_600)).toBe(5 * 3);
  expect(writeUnitsOf({ ...message, databaseWrites: 5, items: 2 }, 2_600)).toBe(4 + 1 * 3);
});

it("counts a ping and its answer, the subscription and the posts", () => {
  expect(socketMessagesOf({ ...message, socketMinutes: 10, posts: 7 })).toBe(2 * 120 + 1 + 7);
});

describe("quotas", () => {
  it("bind the earlier, the more of them a chat takes", () => {
    const perSecond = 5 / assumed.peakFactor.value;
    expect(bindsAt({ most: 5, perChat: 1 })).toBe(perSecond * 30 * 24 * 3_600);
    expect(bindsAt({ most: 5, perChat: 10 })).toBe(bindsAt({ most: 5, perChat: 1 }) / 10);
  });

  it("of Connect are those of the operations that were counted, with their numbers", () => {
    const quotas = quotasOf({ ...message, connect: { SendEvent: 42, StartChatContact: 1 } }, 2_600, 600);
    const ofConnect = quotas.filter(({ unit, name }) => unit === "a second" && name.startsWith("Connect: "));
    expect(ofConnect.map(({ name, most, perChat }) => [name, most, perChat])).toEqual([
      ["Connect: SendEvent", 10, 42],
      ["Connect: StartChatContact", 5, 1],
    ]);
  });
});
