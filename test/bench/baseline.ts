import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Kept, Section } from "./section.ts";
import { median, rounded } from "./statistics.ts";

/** What a run came to, by section. */
export type Report = Readonly<Record<string, Section>>;

/**
 * A ratio or count that is kept, and what each of the runs measured that it comes from: their noise is what the
 * margin has to hold.
 */
export interface KeptRuns extends Kept {
  readonly runs: readonly number[];
}

/** Ratios and counts by section and name. Committed. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, KeptRuns>>>>;

const path = fileURLToPath(new URL("./baseline.json", import.meta.url));

/** Makes the medians of consecutive runs the baseline; sections that did not run stay as they are. */
export function keepBaseline(reports: readonly Report[]): void {
  const text = JSON.stringify({ ...readBaseline(), ...baselineOf(reports) }, null, 2);
  // The runs of a figure on one line, as the formatter has them.
  writeFileSync(
    path,
    `${text.replace(/\[[^\]]*\]/g, (list) => list.replace(/\s+/g, " ").replace(/^\[ | \]$/g, (end) => end.trim()))}\n`,
  );
}

/** The medians of consecutive runs, with what each run measured. */
export function baselineOf(reports: readonly Report[]): Baseline {
  const sections = Object.entries(reports[0] ?? {});
  return Object.fromEntries(
    sections.map(([section, { kept }]) => [
      section,
      Object.fromEntries(
        Object.entries(kept).map(([name, { margin }]) => {
          const runs = reports.map((report) => report[section]?.kept[name]?.value ?? Number.NaN);
          return [name, { value: rounded(median(runs)), margin, runs }];
        }),
      ),
    ]),
  );
}

/** A ratio or count beyond the baseline's margin. */
export interface Regression {
  readonly section: string;
  readonly sentence: string;
}

/** Compares a run with the baseline, in the sections named. @returns one regression for each ratio or count */
export function judge(
  report: Report,
  sections: readonly string[],
  baseline: Baseline = readBaseline(),
): readonly Regression[] {
  return sections.flatMap((section) => {
    const kept = baseline[section] ?? {};
    const measured = report[section]?.kept ?? {};
    const names = new Set([...Object.keys(kept), ...Object.keys(measured)]);
    return [...names].flatMap((name) => {
      const complaint = complain(kept[name], measured[name]?.value);
      return complaint === undefined ? [] : [{ section, sentence: `${section}: ${name} ${complaint}` }];
    });
  });
}

function complain(kept: Kept | undefined, now: number | undefined): string | undefined {
  if (now === undefined || !Number.isFinite(now)) return "was not measured";
  if (kept === undefined) return "is not in the baseline";
  const most = kept.value * kept.margin;
  return now <= most ? undefined : `is ${now}, was ${kept.value} (at most ${most.toPrecision(3)})`;
}

/** The committed baseline. */
export function readBaseline(): Baseline {
  return JSON.parse(readFileSync(path, "utf8")) as Baseline;
}
