import { StartContactStreamingCommand } from "@aws-sdk/client-connect";
import { type ConnectionType, CreateParticipantConnectionCommand } from "@aws-sdk/client-connectparticipant";
import { expect, it } from "vitest";
import { connectTo } from "../connect-client.ts";
import { connectChat, errorOf, event, type Simulated, simulate, startChat } from "../simulated-chat.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const clock = { now: () => now };

function connect(
  simulated: Simulated,
  ParticipantToken: string,
  Type?: ConnectionType[],
  ConnectParticipant?: boolean,
) {
  return simulated.participant.send(
    new CreateParticipantConnectionCommand({
      ParticipantToken,
      ...(Type && { Type }),
      ...(ConnectParticipant !== undefined && { ConnectParticipant }),
    }),
  );
}

it("answers a socket URL good for 100 seconds and a token good for a day, both with the canary", async () => {
  const simulated = await simulate({ clock });
  const { ParticipantToken } = await startChat(simulated);
  const answer = await connect(simulated, ParticipantToken, ["WEBSOCKET", "CONNECTION_CREDENTIALS"]);
  expect(answer.Websocket?.Url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/socket\?token=.*SIM-CANARY/);
  expect(answer.Websocket?.ConnectionExpiry).toBe("2026-01-01T00:01:40.000Z");
  expect(answer.ConnectionCredentials?.ConnectionToken).toContain("SIM-CANARY");
  expect(answer.ConnectionCredentials?.Expiry).toBe("2026-01-02T00:00:00.000Z");
});

it("answers only the member asked for, and both where no type is given", async () => {
  const simulated = await simulate();
  const { ParticipantToken } = await startChat(simulated);
  const socket = await connect(simulated, ParticipantToken, ["WEBSOCKET"]);
  expect([socket.Websocket !== undefined, socket.ConnectionCredentials !== undefined]).toEqual([true, false]);
  const token = await connect(simulated, ParticipantToken, ["CONNECTION_CREDENTIALS"]);
  expect([token.Websocket !== undefined, token.ConnectionCredentials !== undefined]).toEqual([false, true]);
  const both = await connect(simulated, ParticipantToken);
  expect([both.Websocket !== undefined, both.ConnectionCredentials !== undefined]).toEqual([true, true]);
  await simulated.control("PUT", "switches", { absentType: "refuse" });
  expect(await errorOf(connect(simulated, ParticipantToken))).toMatchObject({ name: "ValidationException" });
});

it("refuses an empty list, unknown types and WebRTC", async () => {
  const simulated = await simulate();
  const { ParticipantToken } = await startChat(simulated);
  const refusal = { name: "ValidationException", status: 400 };
  expect(await errorOf(connect(simulated, ParticipantToken, []))).toMatchObject(refusal);
  expect(await errorOf(connect(simulated, ParticipantToken, ["WEBRTC_CONNECTION"]))).toMatchObject(refusal);
  expect((await simulated.post("connection", ParticipantToken, { Type: ["PIGEON"] })).status).toBe(400);
});

it("keeps every connection token good, each for its day", async () => {
  const simulated = await simulate();
  const { ConnectionToken, ParticipantToken } = await connectChat(simulated);
  await simulated.control("PUT", "clock", { offsetSeconds: 3600 });
  const later = await connect(simulated, ParticipantToken, ["CONNECTION_CREDENTIALS"]);
  expect((await simulated.post("transcript", ConnectionToken, {})).status).toBe(200);
  await simulated.control("PUT", "clock", { offsetSeconds: 86_401 });
  expect((await simulated.post("transcript", ConnectionToken, {})).status).toBe(403);
  expect((await simulated.post("transcript", later.ConnectionCredentials?.ConnectionToken, {})).status).toBe(
    200,
  );
});

it("connects the customer without a socket only in message streaming", async () => {
  const simulated = await simulate();
  const { contactId, ParticipantToken } = await startChat(simulated);
  const call = () => connect(simulated, ParticipantToken, ["CONNECTION_CREDENTIALS"], true);
  expect(await errorOf(call())).toMatchObject({ name: "ValidationException", status: 400 });
  await connectTo(simulated).send(
    new StartContactStreamingCommand({
      InstanceId: "instance",
      ContactId: contactId,
      ChatStreamingConfiguration: { StreamingEndpointArn: "arn:aws:sns:us-east-1:123456789012:topic" },
      ClientToken: "t",
    }),
  );
  await call();
  await call();
  const [contact] = await simulated.control("GET", "contacts");
  expect(contact.Status).toBe("CONNECTED");
  expect(contact.Transcript).toMatchObject([
    { ContentType: event("participant.joined"), ParticipantRole: "CUSTOMER" },
  ]);
});
