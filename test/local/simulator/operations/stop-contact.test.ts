import { StopContactCommand } from "@aws-sdk/client-connect";
import { expect, it } from "vitest";
import { connectTo } from "../connect-client.ts";
import { connectChat, errorOf, event, simulate } from "../simulated-chat.ts";

it("ends the contact, tells the sockets, and refuses all its tokens from then on", async () => {
  const simulated = await simulate();
  const { contactId, ConnectionToken, ParticipantToken, socket } = await connectChat(simulated);
  await connectTo(simulated).send(new StopContactCommand({ InstanceId: "instance", ContactId: contactId }));
  await socket.item(({ ContentType }) => ContentType === event("chat.ended"));
  expect((await simulated.post("transcript", ConnectionToken, {})).status).toBe(403);
  expect((await simulated.post("connection", ParticipantToken, {})).status).toBe(403);
});

it("answers 410 for a contact that has ended and 404 for one that never was", async () => {
  const simulated = await simulate();
  const { contactId } = await connectChat(simulated);
  const stop = (InstanceId: string, ContactId: string) =>
    connectTo(simulated).send(new StopContactCommand({ InstanceId, ContactId }));
  const notFound = { name: "ResourceNotFoundException", status: 404 };
  expect(await errorOf(stop("other", contactId))).toMatchObject(notFound);
  expect(await errorOf(stop("instance", "none"))).toMatchObject(notFound);
  await stop("instance", contactId);
  expect(await errorOf(stop("instance", contactId))).toMatchObject({
    name: "ContactNotFoundException",
    status: 410,
  });
});
