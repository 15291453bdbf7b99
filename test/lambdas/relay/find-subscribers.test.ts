import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { revoked } from "../../../lambdas/sessions/session-revocation.ts";
import { startChat } from "../../support/chat.ts";
import { HurriedClock } from "../../support/hurried-clock.ts";
import {
  askConnection,
  connectPage,
  openTab,
  type RelayedChat,
  startRelayedChat,
  textsOf,
} from "../../support/relay-chat.ts";
import {
  chatItem,
  createRelayFunction,
  itemEvent,
  type RelayFunction,
} from "../../support/relay-function.ts";
import { openRelaySocket, openSubscribed, subscription } from "../../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

const patience = { timeout: 10_000 };

let system: TestSystem;
let chat: RelayedChat;
let clock: HurriedClock;
let relay: RelayFunction;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
  await system.simulator.switches({ streamDrop: 1 });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
  clock = new HurriedClock(system.clock);
  relay = createRelayFunction(system, {}, clock);
});

afterAll(async () => {
  await system.close();
});

const say = (Content: string) => relay(itemEvent(chatItem(chat.contactId, { Content })));
const heldFor = () => clock.now() - system.clock.now();

describe("before the first subscription, an item", () => {
  it("waits for it", async () => {
    const greeting = say("Welcome!");
    const socket = await openSubscribed(chat.socketUrl);
    await greeting;
    await expect.poll(() => textsOf(socket), patience).toEqual(["Welcome!"]);

    expect(heldFor()).toBeLessThanOrEqual(5_000);
  });

  it("waits for nobody where nobody asked for a socket", async () => {
    const { participantHandle, contactId } = await startChat(system.url);
    await askConnection(system, participantHandle, { Type: ["CONNECTION_CREDENTIALS"] });
    await relay(itemEvent(chatItem(contactId, { Content: "Welcome!" })));

    expect(heldFor()).toBe(0);
  });

  it("waits for five seconds, and is then left to the transcript", async () => {
    await say("Welcome!");
    expect(heldFor()).toBe(5_000);
    const socket = await openSubscribed(chat.socketUrl);
    await say("Still there?");
    await expect.poll(() => textsOf(socket), patience).toEqual(["Still there?"]);
  });

  it("does not wait for a chat that is over", async () => {
    await system.sessions.update(chat.contactId, revoked(system.clock.now(), "an-invocation"));
    await say("Welcome!");

    expect(heldFor()).toBe(0);
  });
});

describe("after the first subscription, an item", () => {
  it("waits for nobody where no socket is left", async () => {
    const socket = await openSubscribed(chat.socketUrl);
    socket.close();
    await expect.poll(async () => (await system.readSession(chat.contactId))?.so, patience).toBeUndefined();
    await say("Anybody there?");
    expect(heldFor()).toBe(0);
    const next = await openTab(system, chat);
    await say("Welcome back!");
    await expect.poll(() => textsOf(next), patience).toEqual(["Welcome back!"]);
  });
});

describe("a socket that never subscribes", () => {
  it("counts as subscribed after five seconds: chatjs subscribes four times in its life and no more", async () => {
    await openTab(system, chat);
    const deaf = await openRelaySocket((await connectPage(system, chat.participantHandle)).socketUrl);
    await system.advance(4_999);
    await say("too early");
    await system.advance(1);
    await say("in time");
    await expect.poll(() => textsOf(deaf), patience).toEqual(["in time"]);
  });

  it("gets an item once when it subscribes after all", async () => {
    const late = await openRelaySocket(chat.socketUrl);
    await system.advance(5_000);
    await say("first");
    late.send(subscription);
    await expect.poll(() => late.frames.length, patience).toBe(2);
    await say("second");
    await expect.poll(() => textsOf(late), patience).toEqual(["first", "second"]);
  });
});

it("closes the sockets of sessions that were revoked all together, at the next item", async () => {
  const socket = await openSubscribed(chat.socketUrl);
  const validFrom = new Date(system.clock.now() + 1).toISOString();
  const event = itemEvent(chatItem(chat.contactId, { Content: "not for you any more" }));
  await createRelayFunction(system, { SESSIONS_VALID_FROM: validFrom })(event);
  await expect.poll(() => socket.closedWith, patience).toBe(1000);

  expect(socket.items).toEqual([]);
  expect((await system.readSession(chat.contactId))?.so).toBeUndefined();
});

it("leaves the sockets of sessions that began with the new epoch", async () => {
  const socket = await openSubscribed(chat.socketUrl);
  const validFrom = new Date(system.clock.now()).toISOString();
  const event = itemEvent(chatItem(chat.contactId, { Content: "for you" }));
  await createRelayFunction(system, { SESSIONS_VALID_FROM: validFrom })(event);
  await expect.poll(() => textsOf(socket), patience).toEqual(["for you"]);
});
