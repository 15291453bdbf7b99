import {
  CompleteAttachmentUploadCommand,
  ConnectParticipantClient,
  GetAttachmentCommand,
  GetTranscriptCommand,
  StartAttachmentUploadCommand,
} from "@aws-sdk/client-connectparticipant";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import { expectRefusal, invalid } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { completeUpload, putFile, putUpload, started, startUpload, textFile } from "../support/upload.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

interface ShownFile {
  readonly AttachmentId: string;
  readonly AttachmentName: string;
  readonly ContentType: string;
  readonly Status: string;
}

async function shownFiles(bearer: string): Promise<ShownFile[]> {
  const { body } = await send(system.url, "/participant/transcript", { bearer });
  const items = body["Transcript"] as readonly { readonly Attachments?: readonly ShownFile[] }[];
  return items.flatMap(({ Attachments = [] }) => Attachments);
}

it("takes a file up and down by fetch alone, byte for byte", async () => {
  const { connectionHandle: bearer } = await openChat(system);
  const file = textFile("Grüße aus der Datei 👋\r\n", "Größe 1.txt");
  await completeUpload(system, bearer, await putUpload(system, bearer, file));
  const [shown] = await shownFiles(bearer);
  const { body } = await send(system.url, "/participant/attachment", {
    bearer,
    body: { AttachmentId: shown?.AttachmentId },
  });
  const down = await fetch(String(body["Url"]));

  expect(shown).toMatchObject({
    AttachmentName: file.name,
    ContentType: "text/plain",
    Status: "APPROVED",
  });
  expect(Buffer.from(await down.arrayBuffer())).toEqual(file.bytes);
});

it("takes a file up and down through the AWS SDK", async () => {
  const { connectionHandle: ConnectionToken } = await openChat(system);
  const client = new ConnectParticipantClient({
    endpoint: system.url,
    credentials: { accessKeyId: "", secretAccessKey: "" },
  });
  const { AttachmentId = "", UploadMetadata = {} } = await client.send(
    new StartAttachmentUploadCommand({
      ConnectionToken,
      AttachmentName: "note.txt",
      ContentType: "text/plain",
      AttachmentSizeInBytes: 5,
    }),
  );
  const { Url = "", HeadersToInclude = {} } = UploadMetadata;
  await fetch(Url, { method: "PUT", headers: HeadersToInclude, body: "hello" });
  await client.send(new CompleteAttachmentUploadCommand({ ConnectionToken, AttachmentIds: [AttachmentId] }));
  const { Transcript = [] } = await client.send(new GetTranscriptCommand({ ConnectionToken }));
  const shown = Transcript.flatMap(({ Attachments = [] }) => Attachments)[0]?.AttachmentId;
  const { Url: download = "" } = await client.send(
    new GetAttachmentCommand({ ConnectionToken, AttachmentId: shown }),
  );
  client.destroy();

  expect(await (await fetch(download)).text()).toBe("hello");
});

it("tells Connect the type's own content type, whichever name of it the client used", async () => {
  const { connectionHandle: bearer } = await openChat(system);
  const file = { ...textFile("a,b\r\n1,2\r\n", "table.csv"), contentType: "application/vnd.ms-excel" };
  expect((await completeUpload(system, bearer, await putUpload(system, bearer, file))).status).toBe(200);

  expect(await shownFiles(bearer)).toMatchObject([{ ContentType: "text/csv" }]);
});

it.each([
  ["longer", "text/plain", "hello!"],
  ["shorter", "text/plain", "hell"],
  ["of another type", "text/html", "hello"],
])("S3 refuses a file %s than was said, and the upload can still be made", async (_what, type, body) => {
  const { connectionHandle: bearer } = await openChat(system);
  const upload = started(await startUpload(system, bearer));
  const { status } = await fetch(upload.UploadMetadata.Url, {
    method: "PUT",
    headers: { "content-type": type },
    body,
  });

  expect(status).toBe(403);
  expectRefusal(await completeUpload(system, bearer, upload.AttachmentId), invalid("AttachmentNotUploaded"));
  expect(await putFile(upload)).toBe(200);
  expect((await completeUpload(system, bearer, upload.AttachmentId)).status).toBe(200);
});

it("S3 refuses a file that comes too late, and a start with the same ClientToken lets it in", async () => {
  const { connectionHandle: bearer } = await openChat(system);
  const start = () => startUpload(system, bearer, textFile(), { ClientToken: "one" });
  const upload = started(await start());
  await system.advance(120_000);

  expect(await putFile(upload)).toBe(403);
  expect(await putFile(started(await start()))).toBe(200);
  expect((await completeUpload(system, bearer, upload.AttachmentId)).status).toBe(200);
});
