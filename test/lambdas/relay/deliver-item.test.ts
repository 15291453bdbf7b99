import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
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
import { openRelaySocket, openSubscribed, type RelaySocket } from "../../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

const patience = { timeout: 10_000 };

let system: TestSystem;
let chat: RelayedChat;
let socket: RelaySocket;
let relay: RelayFunction;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
  // Every item here is one of the test's own.
  await system.simulator.switches({ streamDrop: 1 });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
  socket = await openSubscribed(chat.socketUrl);
  relay = createRelayFunction(system);
});

afterAll(async () => {
  await system.close();
});

const item = (members: Readonly<Record<string, unknown>>) => chatItem(chat.contactId, members);
const say = (Content: string, visibility?: string) => relay(itemEvent(item({ Content }), visibility));

/** Waits until everything that was posted before has arrived. */
async function settled(): Promise<void> {
  const Content = randomUUID();
  await say(Content);
  await expect.poll(() => textsOf(socket), patience).toContain(Content);
}

describe("an item", () => {
  it("comes once to each of two tabs, word for word", async () => {
    const other = await openTab(system, chat);
    const sent = item({ Content: "hello \u{1f600} \u0001", Extra: { kept: [1] } });
    await relay(itemEvent(sent));
    await expect.poll(() => [socket.items, other.items], patience).toEqual([[sent], [sent]]);
    await settled();

    expect(socket.items).toHaveLength(2);
  });

  it("comes to no socket of another chat", async () => {
    const stranger = await openSubscribed((await startRelayedChat(system)).socketUrl);
    await say("for Jane alone");
    await settled();

    expect(stranger.items).toEqual([]);
  });

  it("does not come to a socket that has just opened and said nothing", async () => {
    const silent = await openRelaySocket((await connectPage(system, chat.participantHandle)).socketUrl);
    await settled();

    expect(silent.frames).toEqual([]);
  });

  it("is delivered once though SNS brings it three times, at once and later, to several containers", async () => {
    const sent = item({ Content: "once" });
    await Promise.all([relay(itemEvent(sent)), createRelayFunction(system)(itemEvent(sent))]);
    await relay(itemEvent(sent));
    await settled();

    expect(textsOf(socket).filter((text) => text === "once")).toHaveLength(1);
  });

  it("comes twice under one Id where it says something else, as an attachment does after its scan", async () => {
    const attachment = (Status: string) =>
      item({ Id: "one", Type: "ATTACHMENT", Attachments: [{ AttachmentId: "a", Status }] });
    for (const status of ["IN_PROGRESS", "APPROVED", "IN_PROGRESS"])
      await relay(itemEvent(attachment(status)));
    await settled();

    expect(socket.items.filter(({ Type }) => Type === "ATTACHMENT")).toEqual([
      attachment("IN_PROGRESS"),
      attachment("APPROVED"),
    ]);
  });

  it("for agents alone never comes, even if the topic's filter should fail", async () => {
    for (const visibility of ["AGENT", "", "all"]) await relay(itemEvent(item({}), visibility));
    await relay(itemEvent(item({ Content: "for the customer" }), "CUSTOMER"));
    await settled();

    expect(socket.items).toHaveLength(2);
    expect(textsOf(socket)[0]).toBe("for the customer");
  });

  it("of a chat that nobody knows is passed over", async () => {
    expect(await relay(itemEvent(chatItem(randomUUID())))).toEqual({ statusCode: 200 });
  });
});

it("passes over what is no item, says so, and throws nothing", async () => {
  const nonsense = [
    "",
    "no JSON",
    "null",
    "[]",
    "{}",
    '{"Id":"1"}',
    `{"InitialContactId":"${chat.contactId}"}`,
  ];
  for (const text of nonsense) expect(await relay(itemEvent(text))).toEqual({ statusCode: 422 });
  await settled();

  expect(socket.items).toHaveLength(1);
  expect(socket.closedWith).toBeUndefined();
});
