import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionIdOf } from "../../../lambdas/sessions/entries.ts";
import { type FaultyManagement, startFaultyManagement } from "../../support/faulty-management.ts";
import { askConnection, openTab, type RelayedChat, startRelayedChat } from "../../support/relay-chat.ts";
import { chatItem, createRelayFunction, itemEvent, scanTable } from "../../support/relay-function.ts";
import { openSubscribed, type RelaySocket } from "../../support/relay-socket.ts";
import { createRevokeFunction } from "../../support/revoke-function.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

const patience = { timeout: 10_000 };

let management: FaultyManagement;
let system: TestSystem;
let chat: RelayedChat;
let socket: RelaySocket;

beforeAll(async () => {
  management = await startFaultyManagement();
  system = await startTestSystem({ REAL_TIME: "relay", RELAY_MANAGEMENT_URL: management.url });
  management.connectTo(system.managementUrl);
  await system.simulator.switches({ streamDrop: 1 });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
  socket = await openSubscribed(chat.socketUrl);
});

afterEach(() => {
  management.heal();
});

afterAll(async () => {
  await system.close();
  await management.close();
});

const session = () => system.readSession(chat.contactId);
const revoke = () => createRevokeFunction(system).revoke({ contactId: chat.contactId });
const closed = () => expect.poll(() => socket.closedWith, patience).toBe(1000);

async function statusAtConnect(): Promise<string | undefined> {
  const contacts = await system.simulator.contacts();
  return contacts.find(({ ContactId }) => ContactId === chat.contactId)?.Status;
}

describe("a revoked session whose sockets are ours", () => {
  it("loses each of them, and is known by none", async () => {
    const other = await openTab(system, chat);
    const answer = await revoke();
    await closed();
    await expect.poll(() => other.closedWith, patience).toBe(1000);

    expect(answer).toEqual({ revoked: 1, socketsClosed: 2, contactsStopped: 1, remaining: 0 });
    expect((await askConnection(system, chat.participantHandle)).status).toBe(403);
    expect((await session())?.so).toBeUndefined();
    expect((await scanTable("relay")).filter((item) => item["chat"] === chat.contactId)).toEqual([]);
  });

  it("gets no item any more", async () => {
    await revoke();
    await createRelayFunction(system)(itemEvent(chatItem(chat.contactId, { Content: "not for you" })));
    await closed();

    expect(socket.items).toEqual([]);
    expect(await statusAtConnect()).toBe("ENDED");
  });

  it("is over though one of them cannot be closed; the next revocation closes it", async () => {
    const [entry = ""] = (await session())?.so ?? [];
    management.fail({ method: "DELETE", connectionId: connectionIdOf(entry) }, 500);
    const first = await revoke();
    const refused = (await askConnection(system, chat.participantHandle)).status;
    management.heal();
    const second = await revoke();
    await closed();

    expect(first).toEqual({ revoked: 1, socketsClosed: 0, contactsStopped: 1, remaining: 1 });
    expect([refused, await statusAtConnect()]).toEqual([403, "ENDED"]);
    expect(second).toEqual({ revoked: 0, socketsClosed: 1, contactsStopped: 1, remaining: 0 });
    expect((await session())?.rv).toBeUndefined();
  });
});
