import { runSubject } from "./run-subject.ts";
import type { Measure } from "./section.ts";
import { median, rounded } from "./statistics.ts";
import type { Load } from "./subjects/throughput-once.ts";

/**
 * What one warm process serves, and from which concurrency on it gets slower. Lambda gives a process one request at a
 * time.
 */
export const throughput: Measure = async ({ runs }) => {
  const measured: (readonly Load[])[] = [];
  for (let run = 0; run < runs; run++) measured.push(await runSubject<readonly Load[]>("throughput-once"));
  const of = (at: number, figure: keyof Load) =>
    median(measured.map((loads) => loads[at]?.[figure] ?? Number.NaN));
  const concurrencies = measured[0]?.map(({ concurrency }) => concurrency) ?? [];
  const rows = Object.fromEntries(
    concurrencies.map((concurrency, at) => [
      concurrency,
      {
        "requests a second": rounded(of(at, "perSecond")),
        "p50, ms": rounded(of(at, "p50")),
        "p99, ms": rounded(of(at, "p99")),
        "p99 x alone": rounded(of(at, "p99") / of(0, "p99")),
      },
    ]),
  );
  const doubled = concurrencies.find((_, at) => of(at, "p99") >= 2 * of(0, "p99"));
  return {
    title: "Throughput of one warm process",
    meaning:
      `SendMessage in our own code, with a database and a Connect that answer after five milliseconds each: p99 doubles at ${doubled ?? "none of these"} requests at a time. ` +
      "Lambda gives a process one request at a time, so this is room, not a limit.",
    tables: [{ title: "By requests at a time", rows }],
    bounds: [],
    kept: {},
    raw: Object.fromEntries(
      concurrencies.map((concurrency, at) => [
        `p99 at ${concurrency}, ms`,
        measured.map((loads) => loads[at]?.p99 ?? Number.NaN),
      ]),
    ),
  };
};
