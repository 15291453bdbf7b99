import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FaultyDatabase, startFaultyDatabase } from "../support/faulty-database.ts";
import { HurriedClock } from "../support/hurried-clock.ts";
import { generousLimits } from "../support/operation-members.ts";
import { connectPage, type RelayedChat, startRelayedChat, textsOf } from "../support/relay-chat.ts";
import { chatItem, createRelayFunction, itemEvent, type RelayFunction } from "../support/relay-function.ts";
import { openSubscribed, type RelaySocket } from "../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { timeout: 10_000 };

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

describe("an item", () => {
  let socket: RelaySocket;
  const event = () => itemEvent(chatItem(chat.contactId, { Content: "once" }));

  beforeEach(async () => {
    socket = await openSubscribed(chat.socketUrl);
  });

  /** Everything that was posted to the socket, once a last item has come. */
  async function texts(): Promise<unknown[]> {
    await relay(itemEvent(chatItem(chat.contactId, { Content: "last" })));
    await expect.poll(() => textsOf(socket), patience).toContain("last");
    return textsOf(socket);
  }

  // Its calls: the claim (UpdateItem), the look for sockets (GetItem), the mark (UpdateItem).
  it.each([
    ["anything", undefined, {}],
    ["its claim", "UpdateItem", {}],
    ["the sockets", "GetItem", {}],
    ["its mark", "UpdateItem", { skip: 1, times: 2 }],
  ] as const)("is thrown back and delivered once after all, when the database failed for %s", async (_n, operation, spell) => {
    const [item, requestId] = [event(), randomUUID()];
    database.fail("failing", operation, spell);
    await expect(relay(item, requestId)).rejects.toThrow();
    database.fail(undefined);
    await relay(item, requestId);

    expect(await texts()).toEqual(["once", "last"]);
  });

  it.each([
    ["claim", { times: 1 }],
    ["mark", { skip: 1, times: 1 }],
  ])("is delivered at once, and once, though the database's answer about its %s was lost", async (_name, spell) => {
    const [item, requestId] = [event(), randomUUID()];
    const clock = new HurriedClock(system.clock);
    database.fail("answer-lost", "UpdateItem", spell);
    await createRelayFunction(system, {}, clock)(item, requestId);
    database.fail(undefined);
    expect(clock.now()).toBe(system.clock.now());
    await relay(item, requestId);

    expect(await texts()).toEqual(["once", "last"]);
  });

  it("is delivered by another when the one that claimed it never came back", async () => {
    const item = event();
    database.fail("failing", undefined, { skip: 1 });
    await expect(relay(item)).rejects.toThrow();
    database.fail(undefined);
    await system.advance(25_000);
    await createRelayFunction(system)(item);

    expect(await texts()).toEqual(["once", "last"]);
  });
});

it("ends for good in spite of a database that fails in the middle of it", async () => {
  const socket = await openSubscribed((await connectPage(system, chat.participantHandle)).socketUrl);
  const ContentType = "application/vnd.amazonaws.connect.event.chat.ended";
  const [end, requestId] = [
    itemEvent(chatItem(chat.contactId, { Type: "EVENT", ContentType })),
    randomUUID(),
  ];
  database.fail("failing", "UpdateItem", { skip: 1, times: 2 });
  await expect(relay(end, requestId)).rejects.toThrow();
  database.fail(undefined);
  await relay(end, requestId);
  await expect.poll(() => socket.closedWith, patience).toBe(1000);

  expect(socket.items).toHaveLength(1);
  expect((await session())?.st).toBe("e");
});
