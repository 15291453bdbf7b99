import { expect, it } from "vitest";
import { event, openSocket, signature, simulate, startChat } from "../simulated-chat.ts";
import { connectCustomer, simulateStreaming, startStreaming, streamChat, topic } from "../streamed-chat.ts";

it("publishes each item to each topic, exactly as sockets carry it", async () => {
  const simulated = await simulateStreaming();
  const chat = await startChat(simulated);
  await startStreaming(simulated, chat.contactId);
  await startStreaming(simulated, chat.contactId, `${topic}-2`);
  const socket = await openSocket(chat.socketUrl);
  await socket.subscribe();
  await simulated.post("message", chat.ConnectionToken, { ContentType: "text/plain", Content: "hi" });
  await socket.item(({ Content }) => Content === "hi");

  const sent = socket.items();
  expect(sent).toHaveLength(2);
  for (const topicArn of [topic, `${topic}-2`]) {
    const messages = simulated.published.filter((one) => one.topicArn === topicArn);
    expect(messages.map(({ message }) => message)).toEqual(sent.map((item) => JSON.stringify(item)));
  }
});

it("gives a message, a receipt and a file the attributes they have, and no others", async () => {
  const simulated = await simulateStreaming();
  const { contactId, agent, say } = await streamChat(simulated);
  await say("hi");
  await agent("join");
  await agent("read");
  await agent("attachment", { content: "file" });

  const common = {
    InitialContactId: contactId,
    ContactId: contactId,
    InstanceId: "instance",
    AccountId: "123456789012",
    MessageVisibility: "ALL",
  };
  expect(simulated.published.slice(0, 5).map(({ attributes }) => attributes)).toEqual([
    { ...common, Type: "EVENT", ContentType: event("participant.joined"), ParticipantRole: "CUSTOMER" },
    { ...common, Type: "MESSAGE", ContentType: "text/plain", ParticipantRole: "CUSTOMER" },
    { ...common, Type: "EVENT", ContentType: event("participant.joined"), ParticipantRole: "AGENT" },
    { ...common, Type: "MESSAGEMETADATA", ContentType: event("message.metadata") },
    { ...common, Type: "ATTACHMENT", ParticipantRole: "AGENT" },
  ]);
});

it("publishes the end of a chat, and chat.ended without a role", async () => {
  const simulated = await simulateStreaming();
  const { ConnectionToken, contactId } = await streamChat(simulated);
  await simulated.post("disconnect", ConnectionToken, {});
  expect(simulated.kinds()).toEqual(["participant.joined", "participant.left", "chat.ended"]);
  expect(simulated.published.at(-1)?.attributes).toEqual({
    InitialContactId: contactId,
    ContactId: contactId,
    InstanceId: "instance",
    AccountId: "123456789012",
    Type: "EVENT",
    ContentType: event("chat.ended"),
    MessageVisibility: "ALL",
  });
});

it("publishes nothing from before the stream's start, nor after its stop", async () => {
  const simulated = await simulateStreaming();
  const { ConnectionToken, contactId } = await startChat(simulated);
  const say = (Content: string) =>
    simulated.post("message", ConnectionToken, { ContentType: "text/plain", Content });
  await say("before");
  const StreamingId = await startStreaming(simulated, contactId);
  await say("meanwhile");
  await fetch(`${simulated.url}/contact/stop-streaming`, {
    method: "POST",
    headers: signature,
    body: JSON.stringify({ InstanceId: "instance", ContactId: contactId, StreamingId }),
  });
  await say("after");
  expect(simulated.texts()).toEqual(["meanwhile"]);
});

it("publishes the initial message once the customer is connected, unless it is never streamed", async () => {
  const InitialMessage = { ContentType: "text/plain", Content: "first" };
  const simulated = await simulateStreaming();
  const waiting = await startChat(simulated, { InitialMessage });
  await startStreaming(simulated, waiting.contactId);
  expect(simulated.items()).toEqual([]);
  await connectCustomer(simulated, waiting.ParticipantToken);
  await connectCustomer(simulated, waiting.ParticipantToken);
  expect(simulated.kinds()).toEqual(["participant.joined", "MESSAGE"]);
  const { Transcript } = await simulated.control("GET", `contacts/${waiting.contactId}`);
  expect(simulated.items()[1]).toEqual(Transcript[0]);

  await simulated.control("PUT", "switches", { streamInitialMessage: "never" });
  await streamChat(simulated, { InitialMessage });
  expect(simulated.texts()).toEqual(["first"]);
});

it("leaves receipts out where they are not streamed", async () => {
  const simulated = await simulateStreaming({ switches: { streamReceipts: false } });
  const { agent, say } = await streamChat(simulated);
  await say("hi");
  await agent("join");
  await agent("read");
  expect(simulated.kinds()).toEqual(["participant.joined", "MESSAGE", "participant.joined"]);
});

it("leaves idle events out where they are not streamed, but not the end that one brings", async () => {
  const simulated = await simulateStreaming({ switches: { streamIdleEvents: false } });
  const { agent } = await streamChat(simulated);
  for (const action of ["idle", "returned", "autodisconnect"]) await agent(action);
  expect(simulated.kinds()).toEqual(["participant.joined", "participant.left", "chat.ended"]);
});

it("logs each call to SNS, and lives with those that fail", async () => {
  const texts: string[] = [];
  const simulated = await simulateStreaming({
    publish: async (_topicArn, message) => {
      const { Content = "" } = JSON.parse(message);
      if (Content === "lost") throw new Error("SNS is not there");
      texts.push(Content);
    },
  });
  const { contactId, say } = await streamChat(simulated);
  expect((await say("lost")).status).toBe(200);
  await say("found");
  expect(texts).toEqual(["", "found"]);

  const requests: { service: string }[] = await simulated.control("GET", "requests");
  const call = { service: "sns", operation: "Publish", tokenKind: "none", contactId };
  expect(requests.filter(({ service }) => service === "sns")).toEqual(
    [200, 0, 200].map((status) => ({ ...call, status, time: "2026-01-01T00:00:00.000Z" })),
  );
});

it("publishes nothing where nobody was named to publish", async () => {
  const simulated = await simulate();
  const { contactId, say } = await streamChat(simulated);
  await say("hi");
  const requests: { service: string }[] = await simulated.control("GET", "requests");
  expect(requests.filter(({ service }) => service === "sns")).toEqual([]);
  expect((await simulated.control("GET", `contacts/${contactId}`)).Streamings).toHaveLength(1);
});
