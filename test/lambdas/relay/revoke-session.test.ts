import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionIdOf } from "../../../lambdas/relay/entries.ts";
import { send } from "../../support/chat.ts";
import { type FaultyManagement, startFaultyManagement } from "../../support/faulty-management.ts";
import { sendMessage } from "../../support/participant-operations.ts";
import { askConnection, openTab, type RelayedChat, startRelayedChat } from "../../support/relay-chat.ts";
import { chatItem, createRelayFunction, itemEvent } from "../../support/relay-function.ts";
import { openSubscribed, type RelaySocket } from "../../support/relay-socket.ts";
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
const message = (Content: string) => itemEvent(chatItem(chat.contactId, { Content }));
const closed = () => expect.poll(() => socket.closedWith, patience).toBe(1000);

describe("a revoked session", () => {
  it("is refused from the very next request on, and its sockets are closed", async () => {
    const other = await openTab(system, chat);
    await createRelayFunction(system)({ revokeSession: chat.contactId });
    const { path, body } = sendMessage;

    expect((await send(system.url, path, { bearer: chat.connectionHandle, body })).status).toBe(403);
    expect((await askConnection(system, chat.participantHandle)).status).toBe(403);
    await closed();
    await expect.poll(() => other.closedWith, patience).toBe(1000);
    expect([await session()].map((item) => [item?.st, item?.so, item?.pt, item?.ct, item?.wc])).toEqual([
      ["e", undefined, undefined, undefined, undefined],
    ]);
  });

  it("gets no item any more, and its contact goes on at Connect", async () => {
    await createRelayFunction(system)({ revokeSession: chat.contactId });
    await createRelayFunction(system)(message("not for you"));
    await closed();
    const contacts = await system.simulator.contacts();

    expect(socket.items).toEqual([]);
    expect(contacts.find(({ ContactId }) => ContactId === chat.contactId)?.Status).toBe("CONNECTED");
  });

  it("is revoked though one of its sockets cannot be closed, and whoever revokes it is told", async () => {
    const [entry = ""] = (await session())?.so ?? [];
    management.fail({ method: "DELETE", connectionId: connectionIdOf(entry) }, 500);

    const revoked = createRelayFunction(system)({ revokeSession: chat.contactId });

    await expect(revoked).rejects.toThrow();
    expect((await askConnection(system, chat.participantHandle)).status).toBe(403);
  });

  it("may be revoked twice, and one that nobody knows once", async () => {
    const revoke = (revokeSession: string) => createRelayFunction(system)({ revokeSession });

    for (const id of [chat.contactId, chat.contactId, randomUUID()]) {
      expect(await revoke(id)).toEqual({ statusCode: 200 });
    }
  });
});
