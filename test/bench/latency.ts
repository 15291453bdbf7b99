import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ConnectClient, StartChatContactCommand } from "@aws-sdk/client-connect";
import {
  ConnectParticipantClient,
  CreateParticipantConnectionCommand,
} from "@aws-sdk/client-connectparticipant";
import { openChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import type { Measure } from "./section.ts";
import { median, rounded } from "./statistics.ts";
import type { LatencyRun, Took } from "./subjects/latency-once.ts";

const ways = {
  bare: "the same two calls by the SDK alone",
  handler: "handler invoked",
  gateway: "through the local gateway",
  own: "our code alone: both services answer at once",
} as const;

/** SendMessage: what we add to the two calls it makes. Servers are in this process, the measured code in another. */
export const latency: Measure = async ({ runs, short }) => {
  const system = await startTestSystem({ RATE_LIMITS: generousLimits }, new RunningClock());
  const measured: LatencyRun[] = [];
  for (let run = 0; run < (short ? 3 : runs); run++)
    measured.push(await measureOnce(system, short ? 100 : 400));
  await system.close();
  const of = (way: keyof LatencyRun, figure: keyof Took) => measured.map((run) => run[way][figure]);
  const middle = (way: keyof LatencyRun, figure: keyof Took) => median(of(way, figure));
  // By run, and then the median of the ratios: what slows a whole run slows both.
  const ratio = (way: keyof LatencyRun, figure: keyof Took) =>
    rounded(median(measured.map((run) => run[way][figure] / run.bare[figure])));
  const rows = Object.fromEntries(
    (Object.keys(ways) as (keyof typeof ways)[]).map((way) => [
      ways[way],
      {
        "p50, ms": rounded(middle(way, "p50")),
        "p99, ms": rounded(middle(way, "p99")),
        "CPU, us": rounded(middle(way, "cpu")),
        "heap, KB": rounded(middle(way, "heap")),
        "p50 x bare": ratio(way, "p50"),
        "CPU x bare": ratio(way, "cpu"),
      },
    ]),
  );
  return {
    title: "Added latency of SendMessage",
    meaning:
      "What a visitor's message waits for beside the database and Amazon Connect. The bare calls are those the handler makes, one after the other, to the same " +
      "simulator and database; the last row is what our own code costs of a processor, the SDK excluded.",
    tables: [{ title: "SendMessage", rows }],
    bounds: [
      {
        claim: "CPU of our code per SendMessage, ms",
        measured: rounded(middle("own", "cpu") / 1_000),
        most: 0.3,
      },
      { claim: "p50 of the handler x the bare calls", measured: ratio("handler", "p50"), most: 1.15 },
    ],
    kept: {
      "p50 of the handler x the bare calls": { value: ratio("handler", "p50"), margin: 1.5 },
      "CPU of our code x the bare calls": { value: ratio("own", "cpu"), margin: 2 },
    },
    raw: Object.fromEntries(
      (Object.keys(ways) as (keyof typeof ways)[]).flatMap((way) => [
        [`p50 of ${way}, ms`, of(way, "p50")],
        [`CPU of ${way}, us`, of(way, "cpu")],
      ]),
    ),
  };
};

async function measureOnce(system: TestSystem, iterations: number): Promise<LatencyRun> {
  const { connectionHandle } = await openChat(system);
  const token = await tokenOfConnect();
  const program = fileURLToPath(new URL("./subjects/latency-once.ts", import.meta.url));
  // No collection in between: what is left on the heap is what was allocated.
  const flags = ["--expose-gc", "--max-semi-space-size=256", "--min-semi-space-size=256"];
  const args = [...flags, program, system.url, connectionHandle, token, String(iterations)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: process.env });
  return JSON.parse(stdout) as LatencyRun;
}

/** A connection token of a chat of its own, straight from the simulated Connect, for the bare calls. */
async function tokenOfConnect(): Promise<string> {
  const { ParticipantToken } = await new ConnectClient({}).send(
    new StartChatContactCommand({
      InstanceId: process.env["CONNECT_INSTANCE_ID"],
      ContactFlowId: process.env["CONTACT_FLOWS"]?.split(/[=,]/)[1],
      ParticipantDetails: { DisplayName: "Jane" },
    }),
  );
  const { ConnectionCredentials } = await new ConnectParticipantClient({}).send(
    new CreateParticipantConnectionCommand({ ParticipantToken, Type: ["CONNECTION_CREDENTIALS"] }),
  );
  return ConnectionCredentials?.ConnectionToken ?? "";
}
