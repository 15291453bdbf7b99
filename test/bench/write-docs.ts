import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { type Baseline, readBaseline } from "./baseline.ts";
import type { Section, Table } from "./section.ts";
import { median, rounded } from "./statistics.ts";

const path = fileURLToPath(new URL("../../docs/performance.md", import.meta.url));

/** Writes docs/performance.md from a run, whole: no figure in it is written by hand. */
export function writeDocs(report: Readonly<Record<string, Section>>): void {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), Node.js ${process.version}`;
  const parts = [
    "# Performance",
    `Written by \`npm run bench -- --write-docs\` on ${new Date().toISOString().slice(0, 10)}, on ${machine}. Medians; the machine was not idle, so read the ratios: ` +
      "what is compared was measured in turn in the same run. Times are this machine's, not Lambda's.",
    "To repeat it: `npm run bench`, with `-- --json` for every single measurement, `-- --only cold-start,latency` for some sections, `-- --runs 11` for more runs. " +
      "`npm run bench -- --check` compares ratios and counts, never times, with [test/bench/baseline.json](../test/bench/baseline.json), as CI does; after a change that is " +
      "meant to change them, `-- --write-baseline`.",
    "## What must hold",
    markdownTable(boundRows(report)),
    ...Object.values(report).flatMap((section) => [
      `## ${section.title}`,
      section.meaning,
      ...section.tables.flatMap(({ title, rows }) => [`**${title}**`, markdownTable(rows)]),
      ...chartOf(section),
      ...rawOf(section),
    ]),
    ...whatIsCompared(readBaseline()),
  ];
  writeFileSync(path, `${parts.join("\n\n")}\n`);
}

function boundRows(report: Readonly<Record<string, Section>>): Table["rows"] {
  return Object.fromEntries(
    Object.values(report).flatMap(({ bounds }) =>
      bounds.map(({ claim, measured, most }) => [
        claim,
        { measured, "at most": most, "": measured <= most ? "holds" : "does not hold" },
      ]),
    ),
  );
}

/** The noise of ratios, which their margins have to hold; counts have none. */
function whatIsCompared(baseline: Baseline): readonly string[] {
  const kept = Object.entries(baseline).flatMap(([section, each]) =>
    Object.entries(each).map(([name, figures]) => ({ name: `${section}: ${name}`, ...figures })),
  );
  const ratios = kept.filter(({ margin }) => margin !== 1);
  const rows = ratios.map(({ name, value, margin, runs }) => [
    name,
    {
      median: value,
      least: Math.min(...runs),
      most: Math.max(...runs),
      "most x median": rounded(Math.max(...runs) / value),
      margin,
    },
  ]);
  return [
    "## What CI compares",
    `\`npm run bench -- --check\` measures a short form. It fails where a ratio or a size is more than its margin times the median of the ${ratios[0]?.runs.length ?? 0} runs in a row that the ` +
      `baseline was written from, and is so again when it is measured once more; and where any of ${kept.length - ratios.length} counts (calls by operation, functions that are cold) is one more. ` +
      "How far the runs lay apart is what the margins have to hold:",
    markdownTable(Object.fromEntries(rows)),
  ];
}

function markdownTable(rows: Table["rows"]): string {
  const columns = [...new Set(Object.values(rows).flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["", ...columns]),
    line(["---", ...columns.map(() => "---:")]),
    ...Object.entries(rows).map(([name, row]) => line([name, ...columns.map((column) => row[column] ?? "")])),
  ].join("\n");
}

/** Bars of the medians, where a section has times of one kind to compare. */
function chartOf({ title, raw }: Section): readonly string[] {
  const bars = Object.entries(raw).filter(([name]) => name.startsWith("init of "));
  if (bars.length === 0) return [];
  const names = bars.map(([name]) => `"${name.replace(/^init of |, ms$/g, "")}"`);
  const values = bars.map(([, measured]) => rounded(median(measured)));
  return [
    [
      "```mermaid",
      "xychart-beta",
      `  title "${title}: init, ms"`,
      `  x-axis [${names.join(", ")}]`,
      '  y-axis "ms"',
      `  bar [${values.join(", ")}]`,
      "```",
    ].join("\n"),
  ];
}

function rawOf({ raw }: Section): readonly string[] {
  if (Object.keys(raw).length === 0) return [];
  const lines = Object.entries(raw).map(([name, values]) => `* ${name}: ${values.map(rounded).join(", ")}`);
  return [`<details><summary>Every measurement</summary>\n\n${lines.join("\n")}\n\n</details>`];
}
