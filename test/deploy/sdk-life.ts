import { vi } from "vitest";
import { type Client, type Input, type OperationName, type Outcome, outputOf } from "../contract/client.ts";
import type { Target } from "../contract/target.ts";
import { makeDocx } from "../lambdas/attachments/document-files.ts";
import { type FileCase, fileCase } from "../lambdas/attachments/file-case.ts";
import { makePng } from "../lambdas/attachments/picture-files.ts";
import { type ChatItem, openSocket } from "../support/customer-socket.ts";
import type { SimulatorControl } from "../support/simulator-control.ts";
import { withoutTimes } from "./without-times.ts";

const event = "application/vnd.amazonaws.connect.event.";

/**
 * Three kinds of inspection; packages that a function loads late (infra/late-packages.ts) do the last two. Made once:
 * their bytes hold the time.
 */
const files: readonly FileCase[] = [
  fileCase("text", "notes", "txt", Buffer.from("my notes")),
  fileCase("picture", "a picture", "png", makePng()),
  fileCase("office", "a letter", "docx", await makeDocx()),
];

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
  const downloaded: boolean[] = [];
  for (const file of files) downloaded.push(await comesBack(call, file));
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

/** Uploads a file, waits until it is approved, and answers whether its download is the same. */
async function comesBack(
  call: (operation: OperationName, input: Input) => Promise<Outcome>,
  { name, contentType, bytes }: FileCase,
): Promise<boolean> {
  const upload = await call("StartAttachmentUpload", {
    AttachmentName: name,
    ContentType: contentType,
    AttachmentSizeInBytes: bytes.length,
    ClientToken: `the upload of ${name}`,
  });
  const { AttachmentId, UploadMetadata } = outputOf(upload) as unknown as Upload;
  const { Url, HeadersToInclude } = UploadMetadata;
  await fetch(Url, { method: "PUT", headers: HeadersToInclude, body: new Uint8Array(bytes) });
  outputOf(
    await call("CompleteAttachmentUpload", {
      AttachmentIds: [AttachmentId],
      ClientToken: `its end, ${name}`,
    }),
  );
  const download = await vi.waitFor(async () => {
    const shown = { AttachmentId: await shownFile(call, name) };
    return outputOf(await call("GetAttachment", shown));
  }, patience);
  const answer = await fetch(String(download["Url"]));
  return bytes.equals(Buffer.from(await answer.arrayBuffer()));
}

/** The id by which the chat knows the file of that name. */
async function shownFile(
  call: (operation: OperationName, input: Input) => Promise<Outcome>,
  name: string,
): Promise<string> {
  const { Transcript } = outputOf(await call("GetTranscript", { MaxResults: 50 }));
  const items = Transcript as readonly { readonly Attachments?: readonly ShownFile[] }[];
  const shown = items.flatMap(({ Attachments = [] }) => Attachments);
  return shown.find(({ AttachmentName }) => AttachmentName === name)?.AttachmentId ?? "";
}

interface ShownFile {
  readonly AttachmentId: string;
  readonly AttachmentName: string;
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
