import { DisconnectParticipantCommand } from "@aws-sdk/client-connectparticipant";
import { expect, it } from "vitest";
import { connectChat, errorOf, event, type Simulated, simulate } from "../simulated-chat.ts";

function leave(simulated: Simulated, ConnectionToken: string, ClientToken: string) {
  return simulated.participant.send(new DisconnectParticipantCommand({ ConnectionToken, ClientToken }));
}

it("lets the customer leave, which ends the chat", async () => {
  const simulated = await simulate();
  const { ConnectionToken, participantId, socket } = await connectChat(simulated);
  await leave(simulated, ConnectionToken, "t");
  await socket.item(({ ContentType }) => ContentType === event("chat.ended"));
  expect(socket.items().map(({ ContentType }) => ContentType)).toEqual([
    event("participant.joined"),
    event("participant.left"),
    event("chat.ended"),
  ]);
  expect(socket.items()[1]).toMatchObject({ ParticipantId: participantId });
  const [contact] = await simulated.control("GET", "contacts");
  expect(contact).toMatchObject({ Status: "ENDED", EndedReason: "the customer disconnected" });
});

it("answers the same ClientToken again, and refuses everything else", async () => {
  const simulated = await simulate();
  const { ConnectionToken, socket } = await connectChat(simulated);
  const message = { ContentType: "text/plain", Content: "x", ClientToken: "t" };
  expect((await simulated.post("message", ConnectionToken, message)).status).toBe(200);
  await leave(simulated, ConnectionToken, "t");
  await leave(simulated, ConnectionToken, "t");
  const refusal = { name: "AccessDeniedException", status: 403 };
  expect(await errorOf(leave(simulated, ConnectionToken, "other"))).toMatchObject(refusal);
  expect((await simulated.post("message", ConnectionToken, message)).status).toBe(403);
  await socket.settled();
  expect(socket.items()).toHaveLength(4);
});
