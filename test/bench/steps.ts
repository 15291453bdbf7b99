import { openChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem } from "../support/test-system.ts";
import { forkProgram } from "./fork-program.ts";
import type { Measure, Table } from "./section.ts";
import { median, rounded } from "./statistics.ts";
import type { StepsRun } from "./subjects/steps-once.ts";

/** Steps of the chain (lambdas/chain.ts), and what belongs to each: files of ours, and packages that nothing else uses. */
const chain: readonly (readonly [step: string, owners: RegExp])[] = [
  [
    "log-request",
    /^lambdas\/(middleware\/(log-request|request-sample)|log|metrics|request-ids|upstream-calls)$/,
  ],
  ["match-route", /^lambdas\/(middleware\/match-route|routes)$/],
  ["require-origin", /^lambdas\/(middleware\/require-origin|origins)$/],
  ["start-deadline", /^lambdas\/middleware\/start-deadline$/],
  ["read-handle", /^lambdas\/(middleware\/read-handle|request-header|sessions\/handle)$/],
  ["read-input", /^(lambdas\/(middleware\/read-input|input\/.*)|zod|secure-json-parse)$/],
  ["admit-request: keys and seals", /^lambdas\/sessions\/(keys|sealing|session)$/],
  ["admit-request: the rest", /^lambdas\/(middleware\/admit-request|sessions\/.*|rate-limits\/.*)$/],
  ["run the operation", /^lambdas\/(operations|connect)\//],
  ["answer", /^lambdas\/(middleware\/answer|response-headers)$/],
  ["between the steps", /^(lambdas\/.*|@middy\/core)$/],
];

/** Where the time of a SendMessage goes: what its visitor waits for, and whose code a processor runs meanwhile. */
export const steps: Measure = async ({ runs }) => {
  const system = await startTestSystem(
    { RATE_LIMITS: generousLimits, METRICS_DEPLOYMENT: "bench" },
    new RunningClock(),
  );
  const measured: StepsRun[] = [];
  for (let run = 0; run < runs; run++) {
    const { connectionHandle } = await openChat(system);
    measured.push(
      await forkProgram<StepsRun>("./subjects/steps-once.ts", { args: [connectionHandle, "1000"] }),
    );
  }
  await system.close();
  const cpu = measured.map(({ owners }) => byPart(owners));
  const all = median(cpu.map((parts) => sum([...parts.values()])));
  const names = [...new Set(cpu.flatMap((parts) => [...parts.keys()]))];
  const rows = names.map((name) => [name, median(cpu.map((parts) => parts.get(name) ?? 0))] as const);
  const isOurs = (name: string) => chain.some(([step]) => step === name);
  const table = (title: string, chosen: typeof rows): Table => ({
    title,
    rows: Object.fromEntries(
      chosen.map(([name, us]) => [name, { "CPU, us": rounded(us), "of the request": percent(us / all) }]),
    ),
  });
  const order = chain.map(([step]) => step);
  return {
    title: "Where the time goes",
    meaning:
      "One SendMessage, by what its visitor waits for and by whose code runs meanwhile. Profiled while it waits for real answers, when a processor's " +
      "caches are colder than in a loop of our own code. What is not ours is the AWS SDK's and Node.js's: as much for any program that makes the two calls.",
    tables: [
      { title: "What is waited for", rows: waitRows(measured) },
      table(
        "CPU of our own code, by step",
        rows.filter(([name]) => isOurs(name)).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
      ),
      table("CPU of everything, by whose code it is", [
        ["our own, and what it alone uses", sum(rows.filter(([name]) => isOurs(name)).map(([, us]) => us))],
        ...rows.filter(([name, us]) => !isOurs(name) && us >= all / 100).sort(([, a], [, b]) => b - a),
      ]),
    ],
    bounds: [],
    kept: {},
    raw: Object.fromEntries(
      Object.keys(measured[0]?.waits ?? {}).map((name) => [
        `${name}, ms`,
        measured.map(({ waits }) => waits[name] ?? Number.NaN),
      ]),
    ),
  };
};

/** Our own files by step; packages as they are. What the process waits for is no CPU, and what the benchmark does is not the request's. */
function byPart(owners: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  for (const [owner, microseconds] of Object.entries(owners)) {
    if (owner === "(idle)" || owner === "the benchmark") continue;
    const part = chain.find(([, ours]) => ours.test(owner))?.[0] ?? owner;
    parts.set(part, (parts.get(part) ?? 0) + microseconds);
  }
  return parts;
}

function waitRows(measured: readonly StepsRun[]): Table["rows"] {
  const waits = Object.keys(measured[0]?.waits ?? {}).map(
    (name) => [name, median(measured.map((run) => run.waits[name] ?? Number.NaN))] as const,
  );
  const whole = sum(waits.map(([, ms]) => ms));
  return Object.fromEntries(
    waits.map(([name, ms]) => [name, { "p50, ms": rounded(ms), "of the request": percent(ms / whole) }]),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
