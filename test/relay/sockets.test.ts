import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { send } from "../support/chat.ts";
import { sendMessage } from "../support/participant-operations.ts";
import { askConnection, openTab, type RelayedChat, startRelayedChat } from "../support/relay-chat.ts";
import { openSubscribed, type RelaySocket } from "../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const minute = 60_000;
const hour = 60 * minute;
const patience = { timeout: 10_000 };

let system: TestSystem;
let chat: RelayedChat;
let socket: RelaySocket;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
  // No item comes by, whose delivery would be counted.
  await system.simulator.switches({ streamDrop: 1 });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
  socket = await openSubscribed(chat.socketUrl);
});

afterAll(async () => {
  await system.close();
});

const session = () => system.readSession(chat.contactId);
const sockets = async () => (await session())?.so?.size ?? 0;
const say = async () =>
  (await send(system.url, sendMessage.path, { bearer: chat.connectionHandle, body: sendMessage.body }))
    .status;

/** Heartbeats as chatjs sends them, for as long as is asked, on the clock of the functions. */
async function beat(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 10 * minute) {
    await system.advance(10 * minute);
    const heard = socket.frames.length;
    socket.send('{"topic":"aws/heartbeat"}');
    await expect.poll(() => socket.frames.length, patience).toBe(heard + 1);
  }
}

async function closeLast(): Promise<void> {
  socket.close();
  await expect.poll(async () => (await session())?.ox, patience).toBeUndefined();
}

describe("an open socket", () => {
  it("keeps the connection handle alive beyond its idle hour, without one database call", async () => {
    const before = system.databaseCalls.length;
    await beat(110 * minute);

    expect(system.databaseCalls.slice(before)).toEqual([]);
    expect(await say()).toBe(200);
  });

  it("does so for two hours, the longest that API Gateway keeps one", async () => {
    await system.advance(2 * hour - 1);
    expect((await session())?.ox).toBe(system.clock.now() + 1);
    await system.advance(1);

    expect(await say()).toBe(403);
  });

  it("starts its two hours anew with each that follows", async () => {
    await system.advance(hour + 59 * minute);
    await openTab(system, chat);
    await system.advance(hour);

    expect(await say()).toBe(200);
    expect(await sockets()).toBe(2);
  });
});

describe("the last socket that closes", () => {
  it("takes the mark away and gives the connection handle its idle hour again", async () => {
    await system.advance(100 * minute);
    await closeLast();

    expect(await session()).toMatchObject({ ix: system.clock.now() + hour });
    await system.advance(hour - 1);
    expect(await say()).toBe(200);
  });

  it("leaves a handle that is refused an hour later, and a page that earns the next", async () => {
    await system.advance(100 * minute);
    await closeLast();
    await system.advance(hour);

    expect(await say()).toBe(403);
    const { status, body } = await askConnection(system, chat.participantHandle);
    const { ConnectionToken: next } = body["ConnectionCredentials"] as { ConnectionToken: string };
    expect(status).toBe(200);
    expect(next).not.toBe(chat.connectionHandle);
    const { path, body: message } = sendMessage;
    expect((await send(system.url, path, { bearer: next, body: message })).status).toBe(200);
    expect(await say()).toBe(403);
  });

  it("is not the first of two: the other holds the mark", async () => {
    const other = await openTab(system, chat);
    socket.close();
    await expect.poll(sockets, patience).toBe(1);
    await system.advance(90 * minute);
    expect(await say()).toBe(200);
    other.close();
    await expect.poll(async () => (await session())?.ox, patience).toBeUndefined();

    expect((await session())?.so).toBeUndefined();
    expect((await session())?.sb).toBeUndefined();
  });

  it("is forgotten where its network was lost without a word", async () => {
    socket.drop();
    await expect.poll(sockets, patience).toBe(0);

    expect((await session())?.ox).toBeUndefined();
  });
});

it("is opened by the same page again and again, ten times a minute", async () => {
  for (let load = 0; load < 10; load++) {
    await closeLast();
    await system.advance(6_000);
    socket = await openTab(system, chat);
  }

  expect(await sockets()).toBe(1);
});
