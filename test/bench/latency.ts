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

/** Operations of one database call and one of Amazon Connect's, whose bare calls are both. */
const proxied = ["SendMessage", "SendEvent", "GetTranscript", "GetAttachment"];

const ways = {
  bare: "bare calls of the SDK",
  handler: "handler invoked",
  gateway: "through the local gateway",
  own: "our code alone: both services answer at once",
  connect: "Amazon Connect's call alone",
} as const;

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
      title: proxied.includes(operation)
        ? `${operation}, beside its calls of the database and of Amazon Connect`
        : `${operation}, beside Amazon Connect's own`,
      rows: Object.fromEntries(
        Object.keys(measured[0]?.[operation] ?? {}).map((way) => {
          const figure = (name: keyof Cost) => middle(operation, way, name);
          const times = {
            "p50, ms": figure("p50"),
            "p99, ms": figure("p99"),
            "p50 x bare": figure("p50Ratio"),
          };
          // The gateway's functions run in another process than the one that is measured.
          if (way === "gateway") return [ways[way], times];
          const costs = {
            "CPU, us": figure("cpu"),
            "CPU x bare": figure("cpuRatio"),
            "heap, KB": figure("heap"),
          };
          return [ways[way as keyof typeof ways], { ...times, ...costs }];
        }),
      ),
    }),
  );
  const ownCpu = rounded(middle("SendMessage", "own", "cpu") / 1_000);
  const added = middle("SendMessage", "handler", "p50Ratio");
  return {
    title: "Added latency",
    meaning:
      "What a visitor waits for beside Amazon Connect. The bare calls are those that the handler makes, one after the other, to the same simulator and " +
      "database by the same SDK: the least that any proxy with a state waits for. A page that talked to Amazon Connect itself would wait for the last row of each table. " +
      "Lines of logs and metrics are written. Operations that begin and end a chat make more calls than Connect's one, because they store the session, " +
      "and make a start that dies half-way harmless.",
    tables,
    bounds: [
      { claim: "CPU of our code per SendMessage, ms", measured: ownCpu, most: 0.3 },
      { claim: "p50 of the handler x the bare calls", measured: added, most: 1.15 },
    ],
    kept: {
      "p50 of the handler x the bare calls": { value: added, margin: 1.5 },
      "CPU of our code x the bare calls": { value: middle("SendMessage", "own", "cpuRatio"), margin: 2 },
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

async function measureOnce(system: TestSystem, short: boolean): Promise<LatencyRun> {
  const { connectionHandle, contactId } = await openChat(system);
  await completeUpload(system, connectionHandle, await putUpload(system, connectionHandle));
  const [attachmentId = ""] = await attachmentsAtConnect(system, contactId);
  // No collection in between: what is left on the heap is what was allocated.
  const execArgv = ["--expose-gc", "--max-semi-space-size=256", "--min-semi-space-size=256"];
  const args = [system.url, connectionHandle, attachmentId, short ? "short" : "long"];
  return forkProgram("./subjects/latency-once.ts", { args, execArgv });
}
