import { openChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { attachmentsAtConnect, completeUpload, putUpload } from "../support/upload.ts";
import { forkProgram } from "./fork-program.ts";
import type { Measure, Table } from "./section.ts";
import { median, rounded } from "./statistics.ts";
import type { LatencyRun } from "./subjects/latency-once.ts";
import type { Cost } from "./subjects/measure-in-turn.ts";

/** Ways as the tables name them; the first of an operation is what the others are compared with. */
const ways: Readonly<Record<string, string>> = {
  bare: "both calls, by the SDK alone",
  signed: "the same, Connect's by the SDK as it comes: signed",
  handler: "handler invoked",
  gateway: "through the local gateway",
  own: "our code alone: both services answer at once",
  connect: "Amazon Connect's call, by the SDK alone",
};

/** What we add to the calls that an operation makes. Servers are in this process, the measured code in another. */
export const latency: Measure = async ({ runs, short }) => {
  const system = await startTestSystem(
    { RATE_LIMITS: generousLimits, METRICS_DEPLOYMENT: "bench" },
    new RunningClock(),
  );
  const measured: LatencyRun[] = [];
  for (let run = 0; run < (short ? 3 : runs); run++) measured.push(await measureOnce(system, short));
  await system.close();
  const of = (operation: string, way: string, figure: keyof Cost) =>
    measured.map((run) => run[operation]?.[way]?.[0]?.[figure] ?? Number.NaN);
  const operations = Object.keys(measured[0] ?? {});
  const middle = (operation: string, way: string, figure: keyof Cost) =>
    rounded(median(of(operation, way, figure)));
  const tables = operations.map(
    (operation): Table => ({
      title: operation,
      rows: Object.fromEntries([
        ...Object.keys(measured[0]?.[operation] ?? {}).map((way) => {
          const figure = (name: keyof Cost) => middle(operation, way, name);
          const times = {
            "p50, ms": figure("p50"),
            "p99, ms": figure("p99"),
            "p50 x first row": figure("p50Ratio"),
          };
          // The gateway's functions run in another process than the one that is measured.
          if (way === "gateway") return [ways[way], times];
          const costs = {
            "CPU, us": figure("cpu"),
            "CPU x first row": figure("cpuRatio"),
            "heap, KB": figure("heap"),
          };
          return [ways[way], { ...times, ...costs }];
        }),
        ["what the handler adds to the first row", added(measured, operation)],
      ]),
    }),
  );
  const ownCpu = rounded(middle("SendMessage", "own", "cpu") / 1_000);
  const ratio = middle("SendMessage", "handler", "p50Ratio");
  return {
    title: "Added latency",
    meaning:
      "What a visitor waits for beside Amazon Connect. An operation that is passed on makes two calls, one of the database and one of Connect, and so does the first row, " +
      "one after the other, to the same simulator and database by clients that are set up alike: the least that a proxy with a state waits for, unless it works while it waits: ours makes " +
      "Connect's request ready while the database works. A page that talked to Amazon Connect itself " +
      "would wait for the last but one. Operations that begin and end a chat store the session, and each step of a start before the next: more calls than Connect's one (see Counts), which is " +
      "their first row. Lines of logs and metrics are written, to nowhere. Our code is quicker alone, in a loop, than between the calls, when the processor's caches are full of other things: see Where the time goes.",
    tables,
    bounds: [
      { claim: "CPU of our code per SendMessage, ms", measured: ownCpu, most: 0.3 },
      { claim: "p50 of the handler x the same two calls", measured: ratio, most: 1.15 },
    ],
    kept: {
      "p50 of the handler x both calls": { value: ratio, margin: 1.15 },
      "CPU of our code x both calls": { value: middle("SendMessage", "own", "cpuRatio"), margin: 2 },
    },
    raw: Object.fromEntries(
      operations.flatMap((operation) =>
        Object.keys(measured[0]?.[operation] ?? {}).flatMap((way) => [
          [`${operation}, p50 of ${way}, ms`, of(operation, way, "p50")],
          [`${operation}, CPU of ${way}, us`, of(operation, way, "cpu")],
        ]),
      ),
    ),
  };
};

/** By run, and then the median. */
function added(measured: readonly LatencyRun[], operation: string): Record<string, number> {
  const middle = (figure: "p50" | "cpu") =>
    rounded(
      median(
        measured.map(({ [operation]: run = {} }) => {
          const [base] = Object.values(run);
          return (run["handler"]?.[0]?.[figure] ?? Number.NaN) - (base?.[0]?.[figure] ?? Number.NaN);
        }),
      ),
    );
  return { "p50, ms": middle("p50"), "CPU, us": middle("cpu") };
}

async function measureOnce(system: TestSystem, short: boolean): Promise<LatencyRun> {
  const { connectionHandle, contactId } = await openChat(system);
  await completeUpload(system, connectionHandle, await putUpload(system, connectionHandle));
  const [attachmentId = ""] = await attachmentsAtConnect(system, contactId);
  // New space for all that a block allocates: a collection in between would take away what is counted.
  const execArgv = ["--expose-gc", "--min-semi-space-size=16", "--max-semi-space-size=16"];
  const args = [system.url, connectionHandle, attachmentId, short ? "short" : "long"];
  return forkProgram("./subjects/latency-once.ts", { args, execArgv });
}
