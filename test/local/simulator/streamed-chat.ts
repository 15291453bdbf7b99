import type { SimulatorOptions } from "../../../local/simulator/simulator.ts";
import { type Item, type Simulated, signature, simulate, startChat } from "./simulated-chat.ts";

/** The topic of all streams here. */
export const topic = "arn:aws:sns:us-east-1:123456789012:topic";

/** One message that the simulator published. */
export type Published = { topicArn: string; message: string; attributes: Readonly<Record<string, string>> };

/** A simulator whose clock stands still, with what it published. */
export async function simulateStreaming(options: SimulatorOptions = {}) {
  const published: Published[] = [];
  const simulated = await simulate({
    clock: { now: () => Date.parse("2026-01-01T00:00:00Z") },
    publish: async (topicArn, message, attributes) => {
      published.push({ topicArn, message, attributes });
    },
    ...options,
  });
  const items = (): Item[] => published.map(({ message }) => JSON.parse(message));

  return {
    ...simulated,
    published,
    items,
    /** What was said in messages, in the order of publishing. */
    texts: () => items().flatMap(({ Content }) => (Content === undefined ? [] : [Content])),
    /** The short names of events, and the types of everything else. */
    kinds: () =>
      items().map(({ Type, ContentType }) => (Type === "EVENT" ? ContentType?.split(".event.")[1] : Type)),
  };
}

/** StartContactStreaming. */
export async function startStreaming({ url }: Simulated, ContactId: string, StreamingEndpointArn = topic) {
  const response = await fetch(`${url}/contact/start-streaming`, {
    method: "POST",
    headers: signature,
    body: JSON.stringify({
      InstanceId: "instance",
      ContactId,
      ChatStreamingConfiguration: { StreamingEndpointArn },
      ClientToken: crypto.randomUUID(),
    }),
  });
  const { StreamingId } = await response.json();
  return String(StreamingId);
}

/** A chat that is streamed and whose customer is connected without a socket, with an agent who acts on demand. */
export async function streamChat(simulated: Simulated, input: Parameters<typeof startChat>[1] = {}) {
  const chat = await startChat(simulated, input);
  await startStreaming(simulated, chat.contactId);
  await connectCustomer(simulated, chat.ParticipantToken);
  return {
    ...chat,
    /** An agent action. */
    agent: (action: string, more: object = {}) =>
      simulated.control("POST", `contacts/${chat.contactId}/agent`, { action, ...more }),
    /** The customer says something. */
    say: (Content: string) =>
      simulated.post("message", chat.ConnectionToken, { ContentType: "text/plain", Content }),
  };
}

/** ConnectParticipant. */
export async function connectCustomer(simulated: Simulated, ParticipantToken: string) {
  const Type = ["CONNECTION_CREDENTIALS"];
  await simulated.post("connection", ParticipantToken, { Type, ConnectParticipant: true });
}
