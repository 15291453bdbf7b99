import { describe, expect, it } from "vitest";
import {
  bindsAt,
  type ChatShape,
  type CountedCalls,
  costOfChat,
  costOfMonth,
  writeUnits,
} from "./cost-model.ts";
import { prices } from "./prices.ts";

const message: ChatShape = { operations: 1, preflights: 0, items: 0, socketMinutes: 0, uploads: 0 };
const calls: CountedCalls = { updatesPerOperation: 1, callsPerItem: 4, itemBytes: 2_600, kmsPerOperation: 0 };

describe("the cost of a chat", () => {
  it("is that of a million messages as docs/operations.md reckons it, logs apart", () => {
    const { logs: _, ...cost } = costOfChat(message, calls);
    const million = Object.values(cost).reduce((sum, part) => sum + part, 0) * 1e6;
    expect(million).toBeCloseTo(3.5 + 0.6 + 0.2 + 0.333 + 1.875, 2);
  });

  it("has sockets and deliveries only where a socket of ours is open", () => {
    const direct = costOfChat({ ...message, items: 40 }, calls);
    expect([direct.sockets, direct.topic]).toEqual([0, 0]);
    const relay = costOfChat({ ...message, items: 40, socketMinutes: 10 }, calls);
    expect(relay.sockets).toBeCloseTo(280e-6 + 2.5e-6, 9);
    expect(relay.topic).toBeCloseTo(20e-6, 9);
  });

  it("grows with a KMS call for each request", () => {
    expect(costOfChat(message, { ...calls, kmsPerOperation: 1 }).kms).toBe(prices.kmsRequest);
  });

  it("is of a month: what is fixed, and each chat", () => {
    const chat = costOfChat(message, calls);
    expect(costOfMonth(chat, 0)).toBe(prices.fixedMonth);
    expect(costOfMonth(chat, 2) - costOfMonth(chat, 1)).toBeCloseTo(
      costOfMonth(chat, 1) - prices.fixedMonth,
      9,
    );
  });
});

it.each([
  [1, 1],
  [1_024, 1],
  [1_025, 2],
  [2_700, 3],
])("%i bytes are %i write units", (bytes, units) => {
  expect(writeUnits(bytes)).toBe(units);
});

it("a quota binds the earlier, the higher the peak", () => {
  const quota = { name: "starts", perSecond: 5, perChat: 1, raise: "" };
  expect(bindsAt(quota, 1)).toBe(5 * 30 * 24 * 3_600);
  expect(bindsAt(quota, 10)).toBe(bindsAt(quota, 1) / 10);
});
