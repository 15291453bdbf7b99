import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Kept, Section } from "./section.ts";

/** Ratios and counts of a run that was found good, by section and name. Committed. */
type Baseline = Readonly<Record<string, Readonly<Record<string, Kept>>>>;

const path = fileURLToPath(new URL("./baseline.json", import.meta.url));

/** Makes this run's ratios and counts the baseline; those of sections that did not run stay. */
export function keepBaseline(report: Readonly<Record<string, Section>>): void {
  const measured = Object.fromEntries(Object.entries(report).map(([name, { kept }]) => [name, kept]));
  writeFileSync(path, `${JSON.stringify({ ...readBaseline(), ...measured }, null, 2)}\n`);
}

/** Compares a run with the baseline. @returns one line for each regression */
export function judge(
  report: Readonly<Record<string, Section>>,
  baseline = readBaseline(),
): readonly string[] {
  return Object.entries(baseline).flatMap(([section, kept]) =>
    Object.entries(kept).flatMap(([name, { value, margin }]) => {
      const now = report[section]?.kept[name]?.value;
      if (now === undefined) return [`REGRESSION: ${section}: ${name} was not measured`];
      const most = value * margin;
      return now > most
        ? [`REGRESSION: ${section}: ${name} is ${now}, was ${value} (at most ${most.toPrecision(3)})`]
        : [];
    }),
  );
}

function readBaseline(): Baseline {
  return JSON.parse(readFileSync(path, "utf8")) as Baseline;
}
