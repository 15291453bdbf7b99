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
      await forkProgram<StepsRun>("./subjects/steps-once.ts", {
        args: [system.url, connectionHandle, "900"],
      }),
    );
  }
  await system.close();
  const handler = partsOf(measured.map((run) => run.handler));
  const bare = partsOf(measured.map((run) => run.bare));
  const all = sum([...handler.values()]);
  const order = chain.map(([step]) => step);
  const ours = [...handler].filter(([part]) => order.includes(part));
  const others = [...handler].filter(([part, us]) => !order.includes(part) && us >= all / 100);
  return {
    title: "Where the time goes",
    meaning:
      "One SendMessage, by what its visitor waits for and by whose code runs meanwhile. Profiled while it waits for real answers, when a processor's " +
      "caches are colder than in a loop of our own code. The last table has the same two calls by the SDK alone beside it.",
    tables: [
      { title: "What is waited for", rows: waitRows(measured) },
      {
        title: "CPU of our own code, by step",
        rows: Object.fromEntries(
          ours
            .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
            .map(([step, us]) => [step, { "CPU, us": rounded(us), "of the request": percent(us / all) }]),
        ),
      },
      {
        title: "CPU of everything, by whose code it is, us",
        rows: Object.fromEntries(
          [
            ["our own, and what it alone uses", sum(ours.map(([, us]) => us))] as const,
            ...others.toSorted(([, a], [, b]) => b - a),
          ].map(([part, us]) => [
            part,
            { handler: rounded(us), "both calls by the SDK alone": rounded(bare.get(part) ?? 0) },
          ]),
        ),
      },
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

/** The median of the runs for each part. */
function partsOf(runs: readonly Readonly<Record<string, number>>[]): ReadonlyMap<string, number> {
  const parts = runs.map(byPart);
  const names = new Set(parts.flatMap((each) => [...each.keys()]));
  return new Map([...names].map((name) => [name, median(parts.map((each) => each.get(name) ?? 0))]));
}

/**
 * Our own files by step; packages as they are. What the process waits for is no CPU, and what the benchmark does is
 * not the request's.
 */
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
