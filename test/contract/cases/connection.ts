import { ConnectClient, StartContactStreamingCommand } from "@aws-sdk/client-connect";
import { answered, type ContractCase, call, denied, invalid, story } from "../contract-case.ts";
import type { ContractChat } from "../contract-chat.ts";

const operation = "CreateParticipantConnection";
const both = ["WEBSOCKET", "CONNECTION_CREDENTIALS"];

/** The first connection is opened 2 seconds after the start, the one of a case 4. */
const Websocket = { Url: "<Url 1>", ConnectionExpiry: "start + 104 s" };
const ConnectionCredentials = { Expiry: "start + 86404 s" };

/** Lets the customer be in message streaming, without which ConnectParticipant is refused. */
async function startStreaming({ system, tokens }: ContractChat): Promise<void> {
  const connect = new ConnectClient({ endpoint: system.simulator.url });
  await connect.send(
    new StartContactStreamingCommand({
      InstanceId: "0f2d7c1e-5b1a-4c59-9b57-3f7f2f0b7d11",
      ContactId: tokens.ContactId,
      ChatStreamingConfiguration: {
        StreamingEndpointArn: "arn:aws:sns:eu-central-1:123456789012:chat-stream",
      },
      ClientToken: tokens.ContactId,
    }),
  );
}

/** Status of each of `count` connections asked for at once. */
async function connectAtOnce(chat: ContractChat, count: number): Promise<number[]> {
  const statuses: number[] = [];
  while (statuses.length < count) {
    const outcome = await chat.callAtOnce(operation, { Type: both });
    statuses.push("error" in outcome ? (outcome.error.status ?? 0) : 200);
  }
  return statuses;
}

export const connectionCases: readonly ContractCase[] = [
  call(
    operation,
    "answers a socket and credentials",
    { Type: both },
    answered({ Websocket, ConnectionCredentials }),
  ),
  call(operation, "answers a socket alone", { Type: ["WEBSOCKET"] }, { output: { Websocket } }),
  call(
    operation,
    "answers credentials alone",
    { Type: ["CONNECTION_CREDENTIALS"] },
    answered({ ConnectionCredentials }),
  ),
  call(operation, "answers both without Type", {}, answered({ Websocket, ConnectionCredentials })),
  story(
    operation,
    "without Type, where Connect insists on it",
    async (chat) => {
      await chat.control("PUT", "switches", { absentType: "refuse" });
      return chat.call(operation);
    },
    invalid,
    {
      difference: { name: "type left out", expected: answered({ Websocket, ConnectionCredentials }) },
    },
  ),
  call(operation, "refuses an empty Type", { Type: [] }, invalid),
  call(operation, "refuses an unknown Type", { Type: ["WEBSOCKET", "PIGEON"] }, invalid),
  call(operation, "refuses WEBRTC_CONNECTION in a chat", { Type: ["WEBRTC_CONNECTION"] }, invalid),
  call(
    operation,
    "takes ConnectParticipant false",
    { Type: both, ConnectParticipant: false },
    answered({ Websocket }),
  ),
  call(
    operation,
    "refuses ConnectParticipant without message streaming",
    { Type: both, ConnectParticipant: true },
    invalid,
  ),
  story(
    operation,
    "connects the participant in message streaming",
    async (chat) => {
      await startStreaming(chat);
      const connected = await chat.call(operation, {
        Type: ["CONNECTION_CREDENTIALS"],
        ConnectParticipant: true,
      });
      const { Transcript } = await chat.get("GetTranscript");
      return { connected, Transcript };
    },
    {
      connected: answered({ ConnectionCredentials }),
      Transcript: [{ ContentType: "application/vnd.amazonaws.connect.event.participant.joined" }],
    },
  ),
  story(
    operation,
    "may be repeated, and every connection token is good",
    async (chat) => {
      const again = await chat.get(operation, { Type: ["CONNECTION_CREDENTIALS"] });
      const { ConnectionToken } = again["ConnectionCredentials"] as { ConnectionToken: string };
      const calls = [await chat.call("GetTranscript"), await chat.call("GetTranscript", { ConnectionToken })];
      return { sameToken: ConnectionToken === chat.connectionToken, calls };
    },
    { sameToken: false, calls: [answered(), answered()] },
    {
      difference: {
        name: "one connection handle",
        expected: { sameToken: true, calls: [answered(), answered()] },
      },
    },
  ),
  story(operation, "is answered again and again", (chat) => connectAtOnce(chat, 15), Array(15).fill(200), {
    difference: {
      name: "rate limit of connections",
      expected: [...Array(11).fill(200), ...Array(4).fill(429)],
    },
  }),
  call(operation, "refuses a participant token it never made", { Type: both, ParticipantToken: "x" }, denied),
  call(
    operation,
    "refuses a connection token",
    async ({ connectionToken }) => ({ Type: both, ParticipantToken: connectionToken }),
    denied,
  ),
  story(
    operation,
    "refuses the participant token of a chat that is over",
    async (chat) => {
      await chat.get("DisconnectParticipant");
      return chat.call(operation, { Type: both });
    },
    denied,
  ),
];
