import { SendEventCommand, SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import { expect, it } from "vitest";
import { connectChat, errorOf, event, type Simulated, simulate, startChat } from "../simulated-chat.ts";

function send(simulated: Simulated, ConnectionToken: string, name: string, Content?: string) {
  return simulated.participant.send(
    new SendEventCommand({
      ConnectionToken,
      ContentType: event(name),
      ClientToken: "CONSTANT",
      ...(Content !== undefined && { Content }),
    }),
  );
}

it("echoes typing to the sockets and does not store it", async () => {
  const simulated = await simulate();
  const { ConnectionToken, participantId, socket } = await connectChat(simulated);
  const { Id } = await send(simulated, ConnectionToken, "typing");
  const item = await socket.item((candidate) => candidate.Id === Id);
  expect(item).toMatchObject({ Type: "EVENT", ContentType: event("typing"), ParticipantId: participantId });
  const [contact] = await simulated.control("GET", "contacts");
  expect(contact.Transcript).toHaveLength(1);
});

it("is never de-duplicated by ClientToken", async () => {
  const simulated = await simulate();
  const { ConnectionToken, socket } = await connectChat(simulated);
  await send(simulated, ConnectionToken, "typing");
  await send(simulated, ConnectionToken, "typing");
  await socket.settled();
  expect(socket.items().filter(({ ContentType }) => ContentType === event("typing"))).toHaveLength(2);
});

it("turns receipts into metadata items and keeps them with the message", async () => {
  const simulated = await simulate();
  const { ConnectionToken, contactId, participantId, socket } = await connectChat(simulated);
  await simulated.control("POST", `contacts/${contactId}/agent`, { action: "join" });
  const said = await simulated.control("POST", `contacts/${contactId}/agent`, {
    action: "message",
    content: "hi",
  });
  await send(simulated, ConnectionToken, "message.delivered", JSON.stringify({ messageId: said.Id }));
  await send(simulated, ConnectionToken, "message.read", JSON.stringify({ messageId: said.Id }));
  await socket.settled();
  const receipts = socket.items().filter(({ Type }) => Type === "MESSAGEMETADATA");
  expect(receipts).toHaveLength(2);
  const metadata = {
    MessageId: said.Id,
    Receipts: [
      {
        RecipientParticipantId: participantId,
        DeliveredTimestamp: expect.any(String),
        ReadTimestamp: expect.any(String),
      },
    ],
  };
  expect(receipts[1]).toMatchObject({ ContentType: event("message.metadata"), MessageMetadata: metadata });
  const [contact] = await simulated.control("GET", "contacts");
  expect(contact.Transcript.at(-1)).toMatchObject({ Content: "hi", MessageMetadata: metadata });
});

it("accepts connection.acknowledged without any effect", async () => {
  const simulated = await simulate();
  const { ConnectionToken, socket } = await connectChat(simulated);
  expect((await send(simulated, ConnectionToken, "connection.acknowledged")).Id).toBeDefined();
  await socket.settled();
  expect(socket.items()).toHaveLength(1);
});

it("answers ConflictException to receipts with more than two active participants", async () => {
  const simulated = await simulate();
  const { ConnectionToken, contactId } = await connectChat(simulated);
  await simulated.control("POST", `contacts/${contactId}/agent`, { action: "join" });
  const supervisor = { action: "join", content: { role: "SUPERVISOR", displayName: "Boss" } };
  await simulated.control("POST", `contacts/${contactId}/agent`, supervisor);
  const receipt = send(simulated, ConnectionToken, "message.read", '{"messageId":"m"}');
  expect(await errorOf(receipt)).toMatchObject({ name: "ConflictException", status: 409 });
  await send(simulated, ConnectionToken, "typing");
});

it("refuses unknown types and receipts that name no message", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const refusal = { name: "ValidationException", status: 400 };
  expect(await errorOf(send(simulated, ConnectionToken, "chat.ended"))).toMatchObject(refusal);
  for (const content of [undefined, "m", "{}", '{"messageId":1}', "null"]) {
    expect(await errorOf(send(simulated, ConnectionToken, "message.read", content))).toMatchObject(refusal);
  }
  await send(simulated, ConnectionToken, "message.read", '{"messageId":"unknown"}');
});

it("leaves a customer's own message as it was when nobody reads it", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await connectChat(simulated);
  const call = new SendMessageCommand({ ConnectionToken, ContentType: "text/plain", Content: "x" });
  await simulated.participant.send(call);
  const [contact] = await simulated.control("GET", "contacts");
  expect(contact.Transcript.at(-1)).not.toHaveProperty("MessageMetadata");
});
