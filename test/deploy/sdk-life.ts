import { vi } from "vitest";
import { type Client, type Input, type OperationName, type Outcome, outputOf } from "../contract/client.ts";
import type { Target } from "../contract/target.ts";
import { type ChatItem, openSocket } from "../support/customer-socket.ts";
import type { SimulatorControl } from "../support/simulator-control.ts";
import { withoutTimes } from "./without-times.ts";

const event = "application/vnd.amazonaws.connect.event.";
const notes = "my notes";

/** How long anything may take to show, in milliseconds. */
const patience = { timeout: 30_000, interval: 50 };

/** A chat's whole life in a program that uses an SDK; answers what it saw, comparable between targets. */
export async function liveThroughChat(client: Client, target: Target, simulator: SimulatorControl) {
  const tokens = await target.startChat({});
  const caller = client.connectTo(target.endpoint, "its own");
  const connection = await caller("CreateParticipantConnection", {
    ParticipantToken: tokens.ParticipantToken,
    Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"],
  });
  const { Websocket, ConnectionCredentials } = outputOf(connection) as unknown as Connection;
  const { ConnectionToken } = ConnectionCredentials;
  const call = (operation: OperationName, input: Input = {}) =>
    caller(operation, { ConnectionToken, ...input });

  const socket = await openSocket(Websocket.Url);
  await simulator.agent(tokens.ContactId, "join", "Ann");
  const said = await call("SendMessage", { ContentType: "text/plain", Content: "hello" });
  await simulator.agent(tokens.ContactId, "message", "How can I help?");
  const answer = await vi.waitUntil(
    () => socket.items.find(({ Content }) => Content === "How can I help?"),
    patience,
  );
  const read = JSON.stringify({ messageId: answer["Id"] });
  const events = [
    await call("SendEvent", { ContentType: `${event}typing` }),
    await call("SendEvent", { ContentType: `${event}message.read`, Content: read }),
  ];
  const downloaded = await exchangeFile(call);
  const transcript = await call("GetTranscript", { SortOrder: "ASCENDING", MaxResults: 50 });
  const refused = await call("SendMessage", { ContentType: "text/html", Content: "hello" });
  const left = await call("DisconnectParticipant");
  const after = await call("SendMessage", { ContentType: "text/plain", Content: "anyone?" });
  await vi.waitUntil(
    () => socket.items.some(({ ContentType }) => ContentType === `${event}chat.ended`),
    patience,
  );
  socket.close();
  const received = sortItems(socket.items);
  return withoutTimes({ connection, said, events, downloaded, transcript, refused, left, after, received });
}

/** What a socket carried, in an order of its own: but for the end, which comes last, items may change places on the way. */
function sortItems(items: readonly ChatItem[]) {
  const told = items.map(({ Type, ContentType, ParticipantRole, Content }) =>
    JSON.stringify({ Type, ContentType, ParticipantRole, Content }),
  );
  return { items: told.sort(), last: items.at(-1)?.["ContentType"] };
}

/** Uploads a file, waits until it is approved, and answers what its download says. */
async function exchangeFile(call: (operation: OperationName, input: Input) => Promise<Outcome>) {
  const upload = await call("StartAttachmentUpload", {
    AttachmentName: "note.txt",
    ContentType: "text/plain",
    AttachmentSizeInBytes: notes.length,
    ClientToken: "the upload",
  });
  const { AttachmentId, UploadMetadata } = outputOf(upload) as unknown as Upload;
  const { Url, HeadersToInclude } = UploadMetadata;
  await fetch(Url, { method: "PUT", headers: HeadersToInclude, body: notes });
  outputOf(await call("CompleteAttachmentUpload", { AttachmentIds: [AttachmentId], ClientToken: "its end" }));
  const download = await vi.waitFor(async () => {
    const shown = { AttachmentId: await shownFile(call) };
    return outputOf(await call("GetAttachment", shown));
  }, patience);
  return (await fetch(String(download["Url"]))).text();
}

/** The id by which the chat knows the file. */
async function shownFile(
  call: (operation: OperationName, input: Input) => Promise<Outcome>,
): Promise<string> {
  const { Transcript } = outputOf(await call("GetTranscript", { MaxResults: 50 }));
  const items = Transcript as readonly {
    readonly Attachments?: readonly { readonly AttachmentId: string }[];
  }[];
  return items.flatMap(({ Attachments = [] }) => Attachments).at(-1)?.AttachmentId ?? "";
}

interface Connection {
  readonly Websocket: { readonly Url: string };
  readonly ConnectionCredentials: { readonly ConnectionToken: string };
}

interface Upload {
  readonly AttachmentId: string;
  readonly UploadMetadata: {
    readonly Url: string;
    readonly HeadersToInclude: Readonly<Record<string, string>>;
  };
}
