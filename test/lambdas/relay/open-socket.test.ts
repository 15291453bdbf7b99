import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../support/fake-clock.ts";
import { type RelayedChat, startRelayedChat } from "../../support/relay-chat.ts";
import { connectEvent, createRelayFunction, type RelayFunction } from "../../support/relay-function.ts";
import { handshakeStatus } from "../../support/relay-socket.ts";
import { pageOrigin, startTestSystem, type TestSystem } from "../../support/test-system.ts";

const opened = { statusCode: 200 };
const refused = { statusCode: 403 };

let system: TestSystem;
let chat: RelayedChat;
let clock: FakeClock;
let relay: RelayFunction;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
  // No item comes by, whose delivery would be counted.
  await system.simulator.switches({ streamDrop: 1 });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
  clock = new FakeClock(system.clock.now());
  relay = createRelayFunction(system, {}, clock);
});

afterAll(async () => {
  await system.close();
});

const callsOf = async (work: () => Promise<unknown>) => {
  const before = system.databaseCalls.length;
  await work();
  return system.databaseCalls.slice(before);
};

describe("the origin of a page", () => {
  it.each([
    ["listed", { origin: pageOrigin }],
    ["listed, in another case of the header's name", { Origin: pageOrigin }],
    ["a developer's", { origin: "http://127.0.0.1:5173" }],
    ["none, as apps have none", {}],
  ])("opens a socket: %s", async (_name, headers) => {
    expect(await relay(connectEvent(chat.ticket, headers as Record<string, string>))).toEqual(opened);
  });

  it.each([
    ["unlisted", "https://evil.example"],
    ["null", "null"],
    ["empty", ""],
    ["of a suffix", "https://www.example.com.evil.example"],
    ["of another scheme", "http://www.example.com"],
    ["of another port", "https://www.example.com:8443"],
  ])("is refused at once, without a database call, and the ticket stays good: one %s", async (_name, origin) => {
    const calls = await callsOf(async () => {
      expect(await relay(connectEvent(chat.ticket, { origin }))).toEqual(refused);
    });

    expect(calls).toEqual([]);
    expect(clock.slept).toEqual([]);
    expect(await relay(connectEvent(chat.ticket))).toEqual(opened);
  });

  it("is refused where it was sent twice, listed or not", async () => {
    const event = { ...connectEvent(chat.ticket), multiValueHeaders: { origin: [pageOrigin, pageOrigin] } };

    expect(await relay(event)).toEqual(refused);
  });

  it("decides at the handshake of a real socket too", async () => {
    expect(await handshakeStatus(chat.socketUrl, { origin: "https://evil.example" })).toBe(403);
    expect(await handshakeStatus(chat.socketUrl, { origin: pageOrigin })).toBe(101);
  });
});

describe("a refusal", () => {
  it("of what is no ticket is answered at once, without a database call", async () => {
    const calls = await callsOf(async () => {
      for (const ticket of [undefined, "", "x", `${chat.ticket}x`]) {
        expect(await relay(connectEvent(ticket))).toEqual(refused);
      }
    });

    expect(calls).toEqual([]);
    expect(clock.slept).toEqual([]);
  });

  it.each([
    ["that is wrong", () => `${chat.ticket.slice(0, -4)}AAAA`],
    ["that was used", () => chat.ticket],
  ])("of a ticket %s keeps no function waiting, and costs a write and a read", async (_, ticket) => {
    await relay(connectEvent(chat.ticket));
    const calls = await callsOf(async () => {
      expect(await relay(connectEvent(ticket()))).toEqual(refused);
    });

    expect(calls).toEqual(["UpdateItem", "GetItem"]);
    expect(clock.slept).toEqual([]);
  });

  it("of an expired ticket comes at once, and costs no database call", async () => {
    clock.advance(100_000);
    const calls = await callsOf(() => relay(connectEvent(chat.ticket)));

    expect(calls).toEqual([]);
    expect(clock.slept).toEqual([]);
  });

  it("says nothing of the ticket in the log", async () => {
    await relay(connectEvent(`${chat.ticket.slice(0, -4)}AAAA`));

    expect(system.logs.at(-1)).toMatchObject({ level: "warn", operation: "$connect", status: 403 });
    expect(JSON.stringify(system.logs.at(-1))).not.toContain(chat.ticket.slice(-43, -4));
  });
});

it("opens a socket with two database calls", async () => {
  expect(await callsOf(() => relay(connectEvent(chat.ticket)))).toEqual(["UpdateItem", "PutItem"]);
});

it("answers the same again when the gateway asks twice for one socket", async () => {
  const event = connectEvent(chat.ticket, {}, randomUUID());

  expect([await relay(event), await relay(event)]).toEqual([opened, opened]);
  expect((await system.readSession(chat.contactId))?.so?.size).toBe(1);
});
