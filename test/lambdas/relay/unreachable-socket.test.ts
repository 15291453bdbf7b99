import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionIdOf } from "../../../lambdas/sessions/entries.ts";
import { type FaultyManagement, startFaultyManagement } from "../../support/faulty-management.ts";
import { openTab, type RelayedChat, startRelayedChat, textsOf } from "../../support/relay-chat.ts";
import {
  chatItem,
  createRelayFunction,
  itemEvent,
  type RelayFunction,
  scanTable,
} from "../../support/relay-function.ts";
import { openSubscribed, type RelaySocket } from "../../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

const patience = { timeout: 10_000 };

let management: FaultyManagement;
let system: TestSystem;
let chat: RelayedChat;
let socket: RelaySocket;
let relay: RelayFunction;

beforeAll(async () => {
  management = await startFaultyManagement();
  system = await startTestSystem({ REAL_TIME: "relay", RELAY_MANAGEMENT_URL: management.url });
  management.connectTo(system.managementUrl);
  // Every item here is one of the test's own.
  await system.simulator.switches({ streamDrop: 1 });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
  socket = await openSubscribed(chat.socketUrl);
  relay = createRelayFunction(system);
});

afterEach(() => {
  management.heal();
});

afterAll(async () => {
  await system.close();
  await management.close();
});

const item = (members: Readonly<Record<string, unknown>>) => chatItem(chat.contactId, members);
const say = (Content: string, visibility?: string) => relay(itemEvent(item({ Content }), visibility));
const connectionIds = async () =>
  [...((await system.readSession(chat.contactId))?.so ?? [])].map(connectionIdOf);

/** The socket that was opened last, as the gateway calls it. */
async function idOfLatest(known: readonly string[]): Promise<string> {
  const id = (await connectionIds()).find((candidate) => !known.includes(candidate));
  if (id === undefined) throw new Error("no socket was opened");
  return id;
}

/** Waits until everything that was posted before has arrived. */
async function settled(): Promise<void> {
  const Content = randomUUID();
  await say(Content);
  await expect.poll(() => textsOf(socket), patience).toContain(Content);
}

describe("a socket", () => {
  it("that is gone leaves the chat and the table with the next item, and hinders no other", async () => {
    const known = await connectionIds();
    const other = await openTab(system, chat);
    const gone = await idOfLatest(known);
    management.fail({ method: "POST", connectionId: gone }, 410);
    await say("anybody there?");
    await settled();

    expect(other.items).toEqual([]);
    expect(await connectionIds()).toEqual(known);
    expect((await scanTable("relay")).map(({ pk }) => pk)).not.toContain(`socket#${gone}`);
    expect(management.calls.filter(({ connectionId }) => connectionId === gone).length).toBe(2);
  });

  it("that cannot be reached gets the item when Lambda tries again; the other does not get it twice", async () => {
    const known = await connectionIds();
    const other = await openTab(system, chat);
    const connectionId = await idOfLatest(known);
    management.fail({ method: "POST", connectionId }, 500);
    const [event, requestId] = [itemEvent(item({ Content: "patience" })), randomUUID()];
    await expect(relay(event, requestId)).rejects.toThrow();
    await expect(relay(event, requestId)).rejects.toThrow();
    expect(textsOf(other)).toEqual([]);
    management.heal();
    await relay(event, requestId);
    await settled();

    expect(textsOf(other)[0]).toBe("patience");
    expect(textsOf(socket).filter((text) => text === "patience")).toHaveLength(1);
    expect(textsOf(other).filter((text) => text === "patience")).toHaveLength(1);
  });

  it("that cannot be reached is tried again by the topic, without anybody's help", async () => {
    const [connectionId = ""] = await connectionIds();
    await system.simulator.switches({ streamDrop: 0 });
    management.fail({ method: "POST", connectionId }, 500, 2);
    await system.simulator.agent(chat.contactId, "join");
    await system.simulator.switches({ streamDrop: 1 });
    await expect.poll(() => socket.items.map(({ Type }) => Type), patience).toEqual(["EVENT"]);
  });
});
