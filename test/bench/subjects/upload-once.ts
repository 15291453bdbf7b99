import { randomUUID } from "node:crypto";
import {
  CompleteAttachmentUploadCommand,
  ConnectParticipantClient,
  StartAttachmentUploadCommand,
} from "@aws-sdk/client-connectparticipant";
import { connectAtConnect, startAtConnect } from "./at-connect.ts";
import { type Costs, measureInTurn } from "./measure-in-turn.ts";

/** By megabytes and way: `bare` is Connect's own upload, `gateway` ours. */
export type UploadRun = Readonly<Record<string, Costs>>;

/** `upload-once.ts URL CONNECTION-HANDLE MEGABYTES…`, with the environment of the functions. */
const [url = "", handle = "", ...sizes] = process.argv.slice(2);

const participant = new ConnectParticipantClient({});
const proxy = new ConnectParticipantClient({ endpoint: url });
const token = (await connectAtConnect(await startAtConnect())) ?? "";
const run: Record<string, Costs> = {};
for (const size of sizes) {
  const bytes = Buffer.alloc(Number(size) * 1024 * 1024, "The quick brown fox jumps over the lazy dog.\n");
  const ways = {
    bare: () => upload(participant, token, bytes),
    gateway: () => upload(proxy, handle, bytes),
  };
  run[size] = await measureInTurn(ways, { base: "bare", runs: 1, operations: 1, blocks: 5, warmUp: 2 });
}
process.send?.(run, () => process.exit());

/** The whole of it, as the AWS SDK's documentation has it: the same code for both. */
async function upload(
  client: ConnectParticipantClient,
  ConnectionToken: string,
  bytes: Buffer<ArrayBuffer>,
): Promise<void> {
  const started = await client.send(
    new StartAttachmentUploadCommand({
      ConnectionToken,
      ClientToken: randomUUID(),
      AttachmentName: "notes.txt",
      ContentType: "text/plain",
      AttachmentSizeInBytes: bytes.length,
    }),
  );
  const { Url = "", HeadersToInclude = {} } = started.UploadMetadata ?? {};
  const { status } = await fetch(Url, { method: "PUT", headers: HeadersToInclude, body: bytes });
  if (status !== 200) throw new Error(`the upload was answered ${status}`);
  const AttachmentIds = [started.AttachmentId ?? ""];
  await client.send(
    new CompleteAttachmentUploadCommand({ ConnectionToken, ClientToken: randomUUID(), AttachmentIds }),
  );
}
