import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DatabaseFault, type FaultyDatabase, startFaultyDatabase } from "../support/faulty-database.ts";
import { generousLimits } from "../support/operation-members.ts";
import { openTab, type RelayedChat, startRelayedChat } from "../support/relay-chat.ts";
import {
  chatItem,
  createRelayFunction,
  disconnectEvent,
  itemEvent,
  type RelayFunction,
} from "../support/relay-function.ts";
import { handshakeStatus, openRelaySocket, openSubscribed, subscription } from "../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { timeout: 10_000 };
const brokenIn: readonly DatabaseFault[] = ["refused", "throttled", "failing"];

let database: FaultyDatabase;
let system: TestSystem;
let chat: RelayedChat;
let relay: RelayFunction;

beforeAll(async () => {
  database = await startFaultyDatabase();
  system = await startTestSystem({
    REAL_TIME: "relay",
    RATE_LIMITS: generousLimits,
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
  });
  await system.simulator.switches({ streamDrop: 1 });
});

beforeEach(async () => {
  // A container's budget of retries is finite; each test has containers of its own.
  system.restartFunctions();
  relay = createRelayFunction(system);
  chat = await startRelayedChat(system);
});

afterEach(() => {
  database.fail(undefined);
});

afterAll(async () => {
  await system.close();
  await database.close();
});

const session = () => system.readSession(chat.contactId);
const sockets = async () => (await session())?.so?.size ?? 0;

describe("a socket that is opened", () => {
  it.each(
    brokenIn,
  )("while the database is %s is refused; its ticket opens it when that is over", async (fault) => {
    database.fail(fault);
    expect(await handshakeStatus(chat.socketUrl)).toBeGreaterThanOrEqual(500);
    database.fail(undefined);
    expect(await session()).not.toHaveProperty("so");

    expect(await handshakeStatus(chat.socketUrl)).toBe(101);
  });

  it.each(brokenIn)("and whose record is %s leaves neither a place nor a mark behind", async (fault) => {
    database.fail(fault, "PutItem");
    expect(await handshakeStatus(chat.socketUrl)).toBeGreaterThanOrEqual(500);
    database.fail(undefined);
    const item = await session();

    expect([item?.so, item?.ox]).toEqual([undefined, undefined]);
  });

  it("and could not even be undone holds its place only until it is needed", async () => {
    database.fail("failing", undefined, { skip: 1 });
    expect(await handshakeStatus(chat.socketUrl)).toBeGreaterThanOrEqual(500);
    database.fail(undefined);
    expect(await sockets()).toBe(1);
    const tabs = [];
    for (let tab = 0; tab < 5; tab++) tabs.push(await openTab(system, chat));

    expect(await sockets()).toBe(5);
    expect(tabs.map(({ closedWith }) => closedWith)).toEqual(tabs.map(() => undefined));
  });

  it.each([
    ["place", "UpdateItem"],
    ["record", "PutItem"],
  ])("opens though the database's answer about its %s was lost", async (_name, operation) => {
    database.fail("answer-lost", operation, { times: 1 });
    const socket = await openRelaySocket(chat.socketUrl);
    database.fail(undefined);

    expect(await sockets()).toBe(1);
    expect(socket.closedWith).toBeUndefined();
  });

  it("stays open while its subscription finds no database, and may subscribe again", async () => {
    const socket = await openRelaySocket(chat.socketUrl);
    database.fail("failing");
    socket.send(subscription);
    await expect
      .poll(
        () => system.logs.filter(({ operation, status }) => operation === "$default" && status === 500),
        patience,
      )
      .toHaveLength(1);
    database.fail(undefined);
    socket.send(subscription);
    await expect.poll(() => socket.frames.length, patience).toBe(1);
  });
});

describe("the goodbye of a socket", () => {
  it.each([
    ["not heard at all", undefined],
    ["heard by half: the record is gone, the place is not", "UpdateItem"],
  ])("that was %s leaves a socket that goes with the next item", async (_name, operation) => {
    const socket = await openSubscribed(chat.socketUrl);
    const [entry = ""] = (await session())?.so ?? [];
    database.fail("failing", operation);
    expect(await relay(disconnectEvent(entry.slice(entry.indexOf("-") + 1)))).toEqual({ statusCode: 500 });
    socket.drop();
    await expect
      .poll(() => system.logs.filter(({ operation: name }) => name === "$disconnect").length, patience)
      .toBeGreaterThanOrEqual(2);
    database.fail(undefined);
    await relay(itemEvent(chatItem(chat.contactId)));
    const item = await session();

    expect([item?.so, item?.sb, item?.ox]).toEqual([undefined, undefined, undefined]);
  });
});
