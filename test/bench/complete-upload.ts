import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openChat, send } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem } from "../support/test-system.ts";
import type { Measured } from "./complete-upload-once.ts";

/** Sizes of the files, in megabytes. */
const sizes = [1, 5, 20];

/** Completions of each size, every one in a process of its own. */
const runs = 5;

const deadlineSeconds = 24;
const functionMegabytes = 512;

/** Time and peak memory of CompleteAttachmentUpload by size of the file: `npm run bench`. The servers are in this process, the function in another. */
const system = await startTestSystem(
  { RATE_LIMITS: generousLimits, ATTACHMENT_POLICY: '{"filesPerChat":35,"bytesPerChat":700000000}' },
  new RunningClock(),
);
const child = fileURLToPath(new URL("./complete-upload-once.ts", import.meta.url));
const rows: Record<string, Record<string, string>> = {};
for (const megabytes of sizes) {
  const { connectionHandle: bearer } = await openChat(system);
  const measured: Measured[] = [];
  for (let run = 0; run < runs; run++)
    measured.push(await completeInProcess(bearer, await upload(bearer, megabytes)));
  const milliseconds = median(measured.map((each) => each.milliseconds));
  const growth = median(measured.map((each) => each.peakMegabytes));
  rows[`${megabytes} MB`] = {
    "time, ms": milliseconds.toFixed(0),
    "of the deadline": `${((100 * milliseconds) / (deadlineSeconds * 1_000)).toFixed(1)} %`,
    "peak memory, MB": growth.toFixed(0),
    "of the function's": `${((100 * growth) / functionMegabytes).toFixed(0)} %`,
  };
}
process.stdout.write(
  `CompleteAttachmentUpload, medians of ${runs}: inspected, sent on to the simulated Connect, deleted\n`,
);
// biome-ignore lint/suspicious/noConsole: a table for people is what this program is for.
console.table(rows);
await system.close();

async function upload(bearer: string, megabytes: number): Promise<string> {
  const body = Buffer.alloc(megabytes * 1024 * 1024, "The quick brown fox jumps over the lazy dog.\n");
  const started = await send(system.url, "/participant/start-attachment-upload", {
    bearer,
    body: {
      AttachmentName: "notes.txt",
      ContentType: "text/plain",
      AttachmentSizeInBytes: body.length,
      ClientToken: crypto.randomUUID(),
    },
  });
  const { AttachmentId, UploadMetadata } = started.body as {
    AttachmentId: string;
    UploadMetadata: { Url: string; HeadersToInclude: Record<string, string> };
  };
  const { Url, HeadersToInclude } = UploadMetadata;
  const { status } = await fetch(Url, { method: "PUT", headers: HeadersToInclude, body });
  if (status !== 200) throw new Error(`the upload was answered ${status}`);
  return AttachmentId;
}

/** Asynchronously: this process has to answer the other one. */
async function completeInProcess(bearer: string, attachmentId: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [child, bearer, attachmentId]);
  return JSON.parse(stdout) as Measured;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
