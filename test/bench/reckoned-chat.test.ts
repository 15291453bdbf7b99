import { expect, it } from "vitest";
import type { Calls } from "./call-counter.ts";
import { demandOf, reckonedChat } from "./reckoned-chat.ts";

const none: Calls = { database: [], connect: [], sns: 0, s3: 0, sockets: 0, logBytes: 0 };

it("makes, beside its start and files, the 64 operations that chatjs was counted to make", () => {
  const ofChatjs = reckonedChat.filter(
    ({ operation, times }) => operation !== undefined && operation !== "start-chat-contact" && times >= 1,
  );
  expect(ofChatjs.reduce((sum, { times }) => sum + times, 0)).toBe(64);
});

it("asks for what its parts were counted to call, so many times", () => {
  const counted = new Map([
    ["SendMessage", { ...none, database: ["UpdateItem", "GetItem"], connect: ["SendMessage"], sns: 1 }],
    ["SendEvent", { ...none, database: ["UpdateItem"], connect: ["SendEvent"], logBytes: 600 }],
    ["agent's message", { ...none, sns: 1, sockets: 1 }],
  ] as const);
  const demand = demandOf(
    [
      { step: "SendMessage", operation: "send-message", times: 18 },
      { step: "SendEvent", operation: "send-event", times: 42 },
      { step: "agent's message", times: 14 },
    ],
    counted,
    10,
  );

  expect(demand).toEqual({
    operations: 60,
    preflights: 2,
    databaseReads: 18,
    databaseWrites: 60,
    connect: { SendMessage: 18, SendEvent: 42 },
    items: 32,
    bucketGets: 0,
    bucketPuts: 0,
    posts: 14,
    socketMinutes: 10,
    logBytes: 42 * 600,
  });
});

it("refuses a part that was not counted", () => {
  expect(() => demandOf([{ step: "SendMessage", times: 1 }], new Map(), 0)).toThrow("SendMessage");
});
