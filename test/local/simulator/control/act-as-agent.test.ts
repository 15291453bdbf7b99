import { expect, it } from "vitest";
import { connectChat, event, type Item, openSocket, startChat } from "../simulated-chat.ts";
import { simulateStreaming, streamChat } from "../streamed-chat.ts";

const immediate = { enabled: true, joinDelayMs: 0, greetingDelayMs: 0, typingDelayMs: 0, replyDelayMs: 0 };

it("hides a message for agents from the customer's sockets and transcript, and streams it as theirs", async () => {
  const simulated = await simulateStreaming();
  const { agent, contactId, ConnectionToken, socketUrl } = await streamChat(simulated);
  const socket = await openSocket(socketUrl);
  await socket.subscribe();
  await agent("join");
  await agent("message", { content: "whisper", visibility: "AGENT" });
  await agent("message", { content: "private", visibility: "CUSTOMER" });
  await agent("message", { content: "aloud" });
  await socket.item(({ Content }) => Content === "aloud");

  const textsOf = (items: Item[]) => items.flatMap(({ Content }) => (Content ? [Content] : []));
  expect(textsOf(socket.items())).toEqual(["private", "aloud"]);
  const page = await (await simulated.post("transcript", ConnectionToken, { SortOrder: "ASCENDING" })).json();
  expect(textsOf(page.Transcript)).toEqual(["private", "aloud"]);
  expect(simulated.texts()).toEqual(["whisper", "private", "aloud"]);
  expect(simulated.published.slice(2).map(({ attributes }) => attributes["MessageVisibility"])).toEqual([
    "AGENT",
    "CUSTOMER",
    "ALL",
  ]);
  expect(simulated.published[2]?.message).not.toContain("isibility");
  const contact = await simulated.control("GET", `contacts/${contactId}`);
  expect(textsOf(contact.AgentOnlyItems)).toEqual(["whisper"]);
});

it("transfers a chat: the agent tells of it and leaves, somebody else joins", async () => {
  const simulated = await simulateStreaming();
  const { agent, contactId } = await streamChat(simulated);
  await agent("join", { content: "Ann" });
  await agent("transfer-failed");
  const { ParticipantId } = await agent("transfer", { content: "Bob" });
  await agent("transfer");
  expect(simulated.items().slice(1)).toMatchObject([
    { ContentType: event("participant.joined"), DisplayName: "Ann" },
    { ContentType: event("transfer.failed"), DisplayName: "Ann", ParticipantRole: "AGENT" },
    { ContentType: event("transfer.succeeded"), DisplayName: "Ann", ParticipantRole: "AGENT" },
    { ContentType: event("participant.left"), DisplayName: "Ann" },
    { ContentType: event("participant.joined"), DisplayName: "Bob", ParticipantId },
    { ContentType: event("transfer.succeeded"), DisplayName: "Bob" },
    { ContentType: event("participant.left"), DisplayName: "Bob" },
    { ContentType: event("participant.joined"), DisplayName: "Colleague" },
  ]);
  const { Transcript } = await simulated.control("GET", `contacts/${contactId}`);
  expect(Transcript).toEqual(simulated.items());
});

it("tells of an idle customer without storing it, and lets one who is idle for too long leave", async () => {
  const simulated = await simulateStreaming();
  const { agent, contactId, participantId, socketUrl } = await streamChat(simulated);
  const socket = await openSocket(socketUrl);
  await socket.subscribe();
  for (const action of ["idle", "returned", "autodisconnect"]) await agent(action);
  await socket.item(({ ContentType }) => ContentType === event("chat.ended"));

  const happened = [
    { ContentType: event("participant.idle"), ParticipantId: participantId, ParticipantRole: "CUSTOMER" },
    { ContentType: event("participant.returned"), ParticipantId: participantId },
    { ContentType: event("participant.autodisconnection"), ParticipantId: participantId },
    { ContentType: event("participant.left"), ParticipantId: participantId },
    { ContentType: event("chat.ended") },
  ];
  expect(socket.items()).toMatchObject(happened);
  expect(simulated.items().slice(1)).toEqual(socket.items());
  const contact = await simulated.control("GET", `contacts/${contactId}`);
  expect(contact).toMatchObject({ Status: "ENDED", EndedReason: "the customer was idle for too long" });
  expect(contact.Transcript.map((item: Item) => item.ContentType)).toEqual(
    ["participant.joined", "participant.left", "chat.ended"].map(event),
  );
});

it("lets a human go on as the scripted agent, who is silent from then on", async () => {
  const simulated = await simulateStreaming({ agent: { ...immediate, greetingDelayMs: 1000 } });
  const { agent, contactId, say } = await streamChat(simulated);
  await simulated.control("PUT", "clock", { offsetSeconds: 0 });
  const contact = await simulated.control("GET", `contacts/${contactId}`);
  const [, scripted] = contact.Participants;
  expect(contact.TakenOver).toBe(false);
  expect(await agent("take-over")).toEqual({ ParticipantId: scripted.ParticipantId });
  await say("hello?");
  await simulated.control("PUT", "clock", { offsetSeconds: 60 });
  expect(simulated.texts()).toEqual(["hello?"]);

  await agent("message", { content: "I am human" });
  expect(simulated.items().at(-1)).toMatchObject({
    Content: "I am human",
    ParticipantId: scripted.ParticipantId,
  });
  expect((await simulated.control("GET", `contacts/${contactId}`)).TakenOver).toBe(true);
});

it("keeps the scripted agent from joining a chat that was taken over before", async () => {
  const simulated = await simulateStreaming({ agent: { ...immediate, joinDelayMs: 1000 } });
  const { agent, contactId } = await streamChat(simulated);
  expect(await agent("take-over")).toEqual({});
  await agent("join", { content: "Ann" });
  await simulated.control("PUT", "clock", { offsetSeconds: 60 });
  const { Participants } = await simulated.control("GET", `contacts/${contactId}`);
  expect(Participants).toMatchObject([{ DisplayName: "Jane" }, { DisplayName: "Ann", State: "joined" }]);
  expect(simulated.texts()).toEqual([]);
});

it("takes over a chat that waits, and none that has ended", async () => {
  const simulated = await simulateStreaming();
  const waiting = await startChat(simulated);
  const path = `contacts/${waiting.contactId}/agent`;
  expect(await simulated.control("POST", path, { action: "take-over" })).toEqual({});
  const { contactId } = await connectChat(simulated);
  await simulated.control("POST", `contacts/${contactId}/agent`, { action: "end" });
  await expect(
    simulated.control("POST", `contacts/${contactId}/agent`, { action: "take-over" }),
  ).rejects.toThrow("ENDED");
});
