import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { send } from "../support/chat.ts";
import { controlSimulator } from "../support/control-simulator.ts";
import { sendMessage } from "../support/participant-operations.ts";
import {
  askConnection,
  isEnd,
  openTab,
  type RelayedChat,
  startRelayedChat,
  textsOf,
} from "../support/relay-chat.ts";
import { openSubscribed, type RelaySocket } from "../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { timeout: 10_000 };

let system: TestSystem;
let chat: RelayedChat;
let socket: RelaySocket;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
  socket = await openSubscribed(chat.socketUrl);
});

afterAll(async () => {
  await system.close();
});

const agent = (action: string, members: object = {}) =>
  controlSimulator(system.simulator.url, "POST", `contacts/${chat.contactId}/agent`, { action, ...members });
const say = (Content: string) =>
  send(system.url, sendMessage.path, {
    bearer: chat.connectionHandle,
    body: { ...sendMessage.body, Content },
  });
const contentTypes = ({ items }: RelaySocket) =>
  items.map(({ ContentType }) => String(ContentType).split(".").slice(-2).join("."));

describe("a chat over the relay", () => {
  it("goes both ways, with typing, and echoes the customer's own words", async () => {
    await agent("join");
    await agent("typing");
    await agent("message", { content: "How can I help?" });
    await say("My parcel is lost.");
    await expect
      .poll(() => [...textsOf(socket)].sort(), patience)
      .toEqual(["How can I help?", "My parcel is lost."]);
    await expect.poll(() => contentTypes(socket), patience).toContain("event.typing");
  });

  it("reaches the second tab as well, and a tab that comes later from then on", async () => {
    const second = await openTab(system, chat);
    await agent("join");
    await agent("message", { content: "one" });
    await expect.poll(() => [textsOf(socket), textsOf(second)], patience).toEqual([["one"], ["one"]]);
    const third = await openTab(system, chat);
    await agent("message", { content: "two" });
    await expect.poll(() => textsOf(third), patience).toEqual(["two"]);
    await expect.poll(() => textsOf(second), patience).toHaveLength(2);
  });

  it("goes on over another socket after the network was lost; the transcript has what came between", async () => {
    await agent("join");
    socket.drop();
    await expect.poll(async () => (await system.readSession(chat.contactId))?.so, patience).toBeUndefined();
    await agent("message", { content: "while you were away" });
    const next = await openTab(system, chat);
    await agent("message", { content: "welcome back" });
    await expect.poll(() => textsOf(next), patience).toContain("welcome back");
    const { text } = await send(system.url, "/participant/transcript", { bearer: chat.connectionHandle });

    expect(text).toContain("while you were away");
  });

  it("has what SNS never brought in the transcript, which pages read when they connect", async () => {
    await agent("join");
    await system.simulator.switches({ streamDrop: 1 });
    await agent("message", { content: "lost on the way" });
    await system.simulator.switches({ streamDrop: 0 });
    await agent("message", { content: "arrived" });
    await expect.poll(() => textsOf(socket), patience).toContain("arrived");
    const bearer = chat.connectionHandle;
    const { text } = await send(system.url, "/participant/transcript", { bearer, body: { MaxResults: 50 } });

    expect(textsOf(socket)).not.toContain("lost on the way");
    expect(text).toContain("lost on the way");
  });

  it("keeps what agents say among themselves from the customer", async () => {
    await agent("join");
    await agent("message", { content: "a difficult one", visibility: "AGENT" });
    await agent("message", { content: "for you", visibility: "CUSTOMER" });
    await expect.poll(() => textsOf(socket), patience).toEqual(["for you"]);
  });

  it("brings an attachment while it is scanned and once it is approved", async () => {
    await agent("join");
    await agent("attachment", { content: "a note" });
    const states = () =>
      socket.items
        .filter(({ Type }) => Type === "ATTACHMENT")
        .map(({ Attachments }) => (Attachments as { Status: string }[])[0]?.Status)
        .sort();
    await expect.poll(states, patience).toEqual(["APPROVED", "IN_PROGRESS"]);
  });
});

describe("its end", () => {
  it("comes on the socket when the agent ends it, and then the socket closes", async () => {
    await agent("join");
    await agent("message", { content: "Goodbye!" });
    await agent("end");
    await expect.poll(() => socket.closedWith, patience).toBe(1000);

    expect(socket.items.map(isEnd).lastIndexOf(true)).toBe(socket.items.length - 1);
    expect(socket.items.filter(isEnd)).toHaveLength(1);
    expect(textsOf(socket)).toEqual(["Goodbye!"]);
    expect((await askConnection(system, chat.participantHandle)).status).toBe(403);
  });

  it("comes on the socket when the customer leaves, whose session is over already", async () => {
    const second = await openTab(system, chat);
    const left = await send(system.url, "/participant/disconnect", { bearer: chat.connectionHandle });
    expect(left.status).toBe(200);
    expect((await system.readSession(chat.contactId))?.st).toBe("e");
    await expect.poll(() => [socket.closedWith, second.closedWith], patience).toEqual([1000, 1000]);

    expect([socket, second].map(({ items }) => items.map(isEnd).at(-1))).toEqual([true, true]);
  });
});
