import { SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import { expect, it } from "vitest";
import { connectChat, errorOf, type Simulated, simulate, startChat } from "../simulated-chat.ts";

function send(
  simulated: Simulated,
  ConnectionToken: string,
  Content: string,
  ContentType = "text/plain",
  ClientToken?: string,
) {
  return simulated.participant.send(
    new SendMessageCommand({ ConnectionToken, ContentType, Content, ...(ClientToken && { ClientToken }) }),
  );
}

it("echoes the message to the sender's socket with everything an item has", async () => {
  const simulated = await simulate();
  const { ConnectionToken, contactId, participantId, socket } = await connectChat(simulated);
  const { Id, AbsoluteTime } = await send(simulated, ConnectionToken, "hello");
  const item = await socket.item(({ Type }) => Type === "MESSAGE");
  expect(item).toEqual({
    AbsoluteTime,
    Id,
    Type: "MESSAGE",
    ContentType: "text/plain",
    Content: "hello",
    ParticipantId: participantId,
    DisplayName: "Jane",
    ParticipantRole: "CUSTOMER",
    ContactId: contactId,
    InitialContactId: contactId,
  });
});

it("answers a repeated ClientToken with the first answer and sends nothing again", async () => {
  const simulated = await simulate();
  const { ConnectionToken, socket } = await connectChat(simulated);
  const [first, again] = await Promise.all([
    send(simulated, ConnectionToken, "once", "text/plain", "t"),
    send(simulated, ConnectionToken, "once", "text/plain", "t"),
  ]);
  expect(again.Id).toBe(first.Id);
  await socket.settled();
  expect(socket.items().filter(({ Type }) => Type === "MESSAGE")).toHaveLength(1);
});

it("keeps the ClientTokens of two participants apart", async () => {
  const simulated = await simulate();
  const one = await startChat(simulated);
  const two = await startChat(simulated);
  const first = await send(simulated, one.ConnectionToken, "x", "text/plain", "t");
  const second = await send(simulated, two.ConnectionToken, "x", "text/plain", "t");
  expect(second.Id).not.toBe(first.Id);
});

it("takes only content types that the contact supports", async () => {
  const simulated = await simulate();
  const plain = await startChat(simulated);
  const rich = await startChat(simulated, {
    SupportedMessagingContentTypes: ["text/plain", "text/markdown"],
  });
  await send(simulated, rich.ConnectionToken, "**x**", "text/markdown");
  const refusal = { name: "ValidationException", status: 400 };
  expect(await errorOf(send(simulated, plain.ConnectionToken, "**x**", "text/markdown"))).toMatchObject(
    refusal,
  );
  expect(await errorOf(send(simulated, plain.ConnectionToken, "<p>", "text/html"))).toMatchObject(refusal);
});

it("bounds the content by the model, or by its type", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  await send(simulated, ConnectionToken, "😀".repeat(16_384));
  const long = await errorOf(send(simulated, ConnectionToken, "x".repeat(16_385)));
  expect(long).toMatchObject({ name: "ValidationException", status: 400 });
  expect(long.message).toBe(
    "1 validation error detected: Value at 'content' failed to satisfy constraint: " +
      "Member must have length less than or equal to 16384",
  );
  expect(await errorOf(send(simulated, ConnectionToken, ""))).toMatchObject({ name: "ValidationException" });
  await simulated.control("PUT", "switches", { contentLimits: "per-type" });
  await send(simulated, ConnectionToken, "x".repeat(1024));
  expect(await errorOf(send(simulated, ConnectionToken, "x".repeat(1025)))).toMatchObject({
    name: "ValidationException",
  });
});

it("refuses a missing member and a wrong JSON type", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const missing = await simulated.post("message", ConnectionToken, { ContentType: "text/plain" });
  expect([missing.status, missing.headers.get("x-amzn-errortype")]).toEqual([400, "ValidationException"]);
  expect(await missing.json()).toEqual({ message: expect.stringContaining("Value null at 'content'") });
  const wrong = await simulated.post("message", ConnectionToken, { ContentType: "text/plain", Content: 1 });
  expect([wrong.status, wrong.headers.get("x-amzn-errortype")]).toEqual([400, "SerializationException"]);
});
