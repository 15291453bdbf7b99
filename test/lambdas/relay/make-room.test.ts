import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionIdOf } from "../../../lambdas/sessions/entries.ts";
import { type FaultyManagement, startFaultyManagement } from "../../support/faulty-management.ts";
import { generousLimits } from "../../support/operation-members.ts";
import { connectPage, type RelayedChat, startRelayedChat } from "../../support/relay-chat.ts";
import { createRelayFunction, disconnectEvent } from "../../support/relay-function.ts";
import {
  handshakeStatus,
  openRelaySocket,
  openSubscribed,
  type RelaySocket,
} from "../../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

const patience = { timeout: 10_000 };

let management: FaultyManagement;
let system: TestSystem;
let chat: RelayedChat;
let sockets: RelaySocket[];

beforeAll(async () => {
  management = await startFaultyManagement();
  system = await startTestSystem({
    REAL_TIME: "relay",
    RATE_LIMITS: generousLimits,
    RELAY_MANAGEMENT_URL: management.url,
  });
  management.connectTo(system.managementUrl);
  await system.simulator.switches({ streamDrop: 1 });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
  sockets = [await openSubscribed(chat.socketUrl)];
  while (sockets.length < 5) sockets.push(await openSubscribed(await freshUrl()));
});

afterEach(() => {
  management.heal();
  for (const socket of sockets) socket.close();
});

afterAll(async () => {
  await system.close();
  await management.close();
});

const freshUrl = async () => (await connectPage(system, chat.participantHandle)).socketUrl;
const connectionIds = async () =>
  [...((await system.readSession(chat.contactId))?.so ?? [])].map(connectionIdOf);

async function someConnectionId(): Promise<string> {
  const [id] = await connectionIds();
  if (id === undefined) throw new Error("the chat has no socket");
  return id;
}

describe("a chat with five sockets", () => {
  it("gets no sixth, and loses none of the five", async () => {
    expect(await handshakeStatus(await freshUrl())).toBe(403);
    expect(await connectionIds()).toHaveLength(5);
    expect(sockets.map(({ closedWith }) => closedWith)).toEqual(sockets.map(() => undefined));
  });

  it("keeps the ticket of the sixth good until one closes", async () => {
    const url = await freshUrl();
    expect(await handshakeStatus(url)).toBe(403);
    sockets[0]?.close();
    await expect.poll(async () => (await connectionIds()).length, patience).toBe(4);

    expect(await handshakeStatus(url)).toBe(101);
  });

  it("gets exactly one of ten that come for the one place there is", async () => {
    sockets[0]?.close();
    await expect.poll(async () => (await connectionIds()).length, patience).toBe(4);
    const urls = await Promise.all(Array.from({ length: 10 }, freshUrl));
    const opened = await Promise.allSettled(urls.map((url) => openRelaySocket(url)));
    sockets.push(...opened.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : [])));

    expect(sockets).toHaveLength(6);
    expect(await connectionIds()).toHaveLength(5);
  });

  it("closes one that was not heard for two and a half minutes, for the sixth", async () => {
    const silent = await someConnectionId();
    management.lastHeard(silent, system.clock.now() - 150_000);

    expect(await handshakeStatus(await freshUrl())).toBe(101);
    await expect.poll(() => sockets.filter((socket) => socket.closedWith === 1000).length, patience).toBe(1);
    expect(await connectionIds()).not.toContain(silent);
  });

  it("loses none to a ticket that opens nothing", async () => {
    const silent = await someConnectionId();
    management.lastHeard(silent, system.clock.now() - 150_000);
    const used = chat.socketUrl;

    expect(await handshakeStatus(used)).toBe(403);
    expect(await connectionIds()).toContain(silent);
  });

  it("keeps one that was heard a little less than that ago", async () => {
    for (const id of await connectionIds()) management.lastHeard(id, system.clock.now() - 149_999);

    expect(await handshakeStatus(await freshUrl())).toBe(403);
  });

  it("drops one that is gone though nobody said so", async () => {
    const gone = await someConnectionId();
    management.fail({ method: "GET", connectionId: gone }, 410);

    expect(await handshakeStatus(await freshUrl())).toBe(101);
    expect(await connectionIds()).not.toContain(gone);
  });

  it("keeps one of which the gateway cannot tell", async () => {
    for (const connectionId of await connectionIds()) management.fail({ method: "GET", connectionId }, 500);

    expect(await handshakeStatus(await freshUrl())).toBe(403);
    expect(await connectionIds()).toHaveLength(5);
  });

  it("has room again after two hours, though no socket ever said goodbye", async () => {
    const before = await connectionIds();
    await system.advance(2 * 3_600_000);
    const asked = management.calls.length;

    expect(await handshakeStatus(await freshUrl())).toBe(101);
    expect(management.calls.slice(asked).filter(({ method }) => method === "GET")).toEqual([]);
    const after = await connectionIds();
    expect(after.filter((id) => before.includes(id))).toEqual([]);
  });

  it("does not mind a goodbye of a socket that it dropped", async () => {
    const gone = await someConnectionId();
    management.fail({ method: "GET", connectionId: gone }, 410);
    const kept = await openSubscribed(await freshUrl());
    await createRelayFunction(system)(disconnectEvent(gone));

    expect(await connectionIds()).toHaveLength(5);
    expect((await system.readSession(chat.contactId))?.ox).toBeGreaterThan(system.clock.now());
    kept.close();
  });
});
