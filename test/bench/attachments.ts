import { openChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem } from "../support/test-system.ts";
import { putUpload, textFile } from "../support/upload.ts";
import { forkProgram } from "./fork-program.ts";
import type { Measure } from "./section.ts";
import { median, rounded } from "./statistics.ts";
import type { Measured } from "./subjects/complete-upload-once.ts";
import type { Cost } from "./subjects/measure-in-turn.ts";
import type { UploadRun } from "./subjects/upload-once.ts";

/** Sizes of the files, in megabytes: a megabyte is 149,796 lines of seven bytes. */
const sizes = [1, 5, 20];

const deadlineSeconds = 24;
const functionMegabytes = 512;

/**
 * The whole upload beside Connect's own, and time and peak memory of CompleteAttachmentUpload by size of the file.
 * The servers are in this process, the function in another.
 */
export const attachments: Measure = async ({ runs }) => {
  const system = await startTestSystem(
    { RATE_LIMITS: generousLimits, ATTACHMENT_POLICY: '{"filesPerChat":35,"bytesPerChat":700000000}' },
    new RunningClock(),
  );
  const rows: Record<string, Record<string, number>> = {};
  const raw: Record<string, number[]> = {};
  for (const megabytes of sizes) {
    const { connectionHandle: bearer } = await openChat(system);
    const measured: Measured[] = [];
    for (let run = 0; run < runs; run++) {
      const attachmentId = await putUpload(system, bearer, textFile("a line\n".repeat(megabytes * 149_796)));
      measured.push(
        await forkProgram<Measured>("./subjects/complete-upload-once.ts", { args: [bearer, attachmentId] }),
      );
    }
    const times = measured.map((each) => each.milliseconds);
    raw[`${megabytes} MB, ms`] = times;
    const peak = median(measured.map((each) => each.peakMegabytes));
    rows[`${megabytes} MB`] = {
      "time, ms": rounded(median(times)),
      "of the deadline": rounded(median(times) / (deadlineSeconds * 1_000)),
      "peak memory, MB": rounded(peak),
      "of the function's": rounded(peak / functionMegabytes),
    };
  }
  const uploads: UploadRun[] = [];
  for (let run = 0; run < runs; run++) {
    const { connectionHandle } = await openChat(system);
    const args = [system.url, connectionHandle, ...sizes.map(String)];
    uploads.push(await forkProgram<UploadRun>("./subjects/upload-once.ts", { args }));
  }
  await system.close();
  const whole = (megabytes: number, way: string, figure: keyof Cost) =>
    uploads.map((run) => run[megabytes]?.[way]?.[0]?.[figure] ?? Number.NaN);
  return {
    title: "Attachments",
    meaning:
      "What a file costs its visitor: it travels twice, to our bucket and, once it is read and inspected, on to Connect. After the upload the visitor waits for all but the " +
      "first way. Peak memory is that of the whole process.",
    tables: [
      {
        title: "An upload: start, put, complete",
        rows: Object.fromEntries(
          sizes.map((megabytes) => [
            `${megabytes} MB`,
            {
              "at Connect itself, ms": rounded(median(whole(megabytes, "bare", "p50"))),
              "through the local gateway, ms": rounded(median(whole(megabytes, "gateway", "p50"))),
              "x Connect itself": rounded(median(whole(megabytes, "gateway", "p50Ratio"))),
            },
          ]),
        ),
      },
      { title: "CompleteAttachmentUpload alone, the first of a process", rows },
    ],
    bounds: [],
    kept: {},
    raw,
  };
};
