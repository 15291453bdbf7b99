import type { StartChatContactCommandInput } from "@aws-sdk/client-connect";
import {
  ConnectParticipantClient,
  CreateParticipantConnectionCommand,
} from "@aws-sdk/client-connectparticipant";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { type SimulatorOptions, startSimulator } from "../../../local/simulator/simulator.ts";

/** An item as it arrives on a socket or in a transcript. */
export type Item = Record<string, unknown> & {
  Id: string;
  Type: string;
  ContentType?: string;
  Content?: string;
  Attachments?: { AttachmentId: string; Status: string }[];
};

/** The settings of an SDK client that does not retry. */
export function clientConfig(endpoint: string) {
  const credentials = { accessKeyId: "AKIDTEST", secretAccessKey: "secret" };
  return { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
}

/** A simulator for one test, with a real client of the participant service. */
export async function simulate(options: SimulatorOptions = {}) {
  const simulator = await startSimulator(options);
  const participant = new ConnectParticipantClient(clientConfig(simulator.url));
  onTestFinished(async () => {
    participant.destroy();
    await simulator.close();
  });

  /** A call of the control plane; fails the test where it answers no 200. */
  async function control(method: string, path: string, body?: unknown) {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${simulator.url}/_sim/${path}`, init);
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** A plain call of the participant service. */
  function post(path: string, token: string | undefined, body: unknown) {
    return fetch(`${simulator.url}/participant/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token !== undefined && { "x-amz-bearer": token }) },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  }

  return { ...simulator, participant, control, post };
}

/** What `simulate` gives. */
export type Simulated = Awaited<ReturnType<typeof simulate>>;

/** A form of signature that the Connect service takes. */
export const signature = {
  Authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/connect/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`,
  "X-Amz-Date": "20260101T000000Z",
};

/** A contact that waits for its customer, with a connection token. */
export async function startChat(simulated: Simulated, input: Partial<StartChatContactCommandInput> = {}) {
  const response = await fetch(`${simulated.url}/contact/chat`, {
    method: "PUT",
    headers: signature,
    body: JSON.stringify({
      InstanceId: "instance",
      ContactFlowId: "flow",
      ParticipantDetails: { DisplayName: "Jane" },
      ...input,
    }),
  });
  const started = await response.json();
  if (!response.ok) throw new Error(`StartChatContact: ${response.headers.get("x-amzn-errortype")}`);
  const { ParticipantToken } = started;
  const connection = await simulated.participant.send(
    new CreateParticipantConnectionCommand({
      ParticipantToken,
      Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"],
    }),
  );
  return {
    contactId: String(started.ContactId),
    participantId: String(started.ParticipantId),
    ParticipantToken: String(ParticipantToken),
    ConnectionToken: connection.ConnectionCredentials?.ConnectionToken ?? "",
    socketUrl: connection.Websocket?.Url ?? "",
  };
}

/** A chat whose customer is connected, with its socket. */
export async function connectChat(simulated: Simulated, input: Partial<StartChatContactCommandInput> = {}) {
  const chat = await startChat(simulated, input);
  const socket = await openSocket(chat.socketUrl);
  await socket.subscribe();
  return { ...chat, socket };
}

/** A fresh socket URL for the holder of a participant token. */
export async function newSocketUrl(simulated: Simulated, ParticipantToken: string): Promise<string> {
  const answer = await simulated.participant.send(
    new CreateParticipantConnectionCommand({ ParticipantToken, Type: ["WEBSOCKET"] }),
  );
  return answer.Websocket?.Url ?? "";
}

/** Opens a socket; rejects where it is refused. */
export async function openSocket(url: string) {
  const socket = new WebSocket(url);
  const frames: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (data) => {
    frames.push(JSON.parse(String(data)));
    for (const look of waiting) look();
  });
  onTestFinished(() => socket.terminate());
  await new Promise<void>((resolve, reject) => socket.once("open", resolve).once("error", reject));

  /** The first frame that fits, already here or still to come. */
  function frame(fits: (frame: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    return new Promise((resolve) => {
      function look() {
        const found = frames.find(fits);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      }
      waiting.add(look);
      look();
    });
  }

  function items(): Item[] {
    return frames
      .filter(({ topic }) => topic === "aws/chat")
      .map(({ content }) => JSON.parse(String(content)));
  }

  return {
    frame,
    items,
    send: (text: string) => socket.send(text),
    closed: new Promise<number>((resolve) => socket.once("close", resolve)),
    /** Subscribes to the chat and waits for the answer. */
    async subscribe() {
      socket.send('{"topic":"aws/subscribe","content":{"topics":["aws/chat"]}}');
      await frame(({ topic }) => topic === "aws/subscribe");
    },
    /** The first item that fits, already here or still to come. */
    async item(fits: (item: Item) => boolean): Promise<Item> {
      await frame(({ topic, content }) => topic === "aws/chat" && fits(JSON.parse(String(content))));
      const found = items().find(fits);
      if (!found) throw new Error("The item has gone");
      return found;
    },
    /** Waits until everything sent before has been answered, so that nothing is on its way. */
    async settled() {
      const count = frames.filter(({ topic }) => topic === "aws/ping").length;
      socket.send('{"topic":"aws/ping"}');
      await frame(() => frames.filter(({ topic }) => topic === "aws/ping").length > count);
    },
  };
}

/** The error a call ends with, as far as a client sees it. */
export async function errorOf(call: Promise<unknown>) {
  const error: unknown = await call.then(
    () => undefined,
    (thrown) => thrown,
  );
  if (!(error instanceof Error)) return { name: "none", message: "", status: 200 };
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  const status =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
      ? metadata.httpStatusCode
      : undefined;
  return { name: error.name, message: error.message, status };
}

/** The event content type of a short name: "typing", "chat.ended". */
export function event(name: string): string {
  return `application/vnd.amazonaws.connect.event.${name}`;
}
