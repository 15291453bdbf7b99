import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { type Baseline, readBaseline } from "./baseline.ts";
import type { Section, Table } from "./section.ts";
import { sections } from "./sections.ts";
import { median, rounded } from "./statistics.ts";

const path = fileURLToPath(new URL("../../docs/performance.md", import.meta.url));

/** What is written of bounds before the sections, and of the baseline after them. */
const boundsTitle = "What must hold";
const baselineTitle = "What CI compares";

/** Writes docs/performance.md from a run: no figure in it is written by hand. */
export function writeDocs(report: Readonly<Record<string, Section>>): void {
  writeFileSync(path, documentOf(report, readFileSync(path, "utf8")));
}

/**
 * The document of a run. Where only some sections were measured, the others stay as their run left them in `earlier`:
 * no section compares with what another has measured.
 */
export function documentOf(report: Readonly<Record<string, Section>>, earlier: string): string {
  const measured = Object.values(report);
  const kept =
    measured.length === Object.keys(sections).length ? new Map<string, string>() : partsOf(earlier);
  const texts = new Map([...kept, ...measured.map((section) => [section.title, textOf(section)] as const)]);
  const bounds = { ...boundsIn(kept.get(boundsTitle) ?? ""), ...boundRows(measured) };
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), Node.js ${process.version}`;
  for (const title of [boundsTitle, baselineTitle]) texts.delete(title);
  const parts = [
    "# Performance",
    `Written by \`npm run bench -- --write-docs\`, last on ${new Date().toISOString().slice(0, 10)}, on ${machine}. Medians; the machine was not idle, so read the ratios: ` +
      "what is compared was measured in turn in the same run. Times are this machine's, not Lambda's.",
    "To repeat it: `npm run bench`, with `-- --json` for every single measurement, `-- --only cold-start,latency` for some sections, `-- --runs 11` for more runs. " +
      "`npm run bench -- --check` compares ratios and counts, never times, with [test/bench/baseline.json](../test/bench/baseline.json), as CI does; after a change that is " +
      "meant to change them, `-- --write-baseline`.",
    `## ${boundsTitle}`,
    markdownTable(bounds),
    ...[...texts].flatMap(([title, text]) => [`## ${title}`, text]),
    ...whatIsCompared(readBaseline()),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** What a document says, by heading. */
function partsOf(document: string): Map<string, string> {
  const [, ...parts] = document.split(/^## /m);
  return new Map(
    parts.map((part) => {
      const [title = "", ...lines] = part.split("\n");
      return [title, lines.join("\n").trim()];
    }),
  );
}

function textOf(section: Section): string {
  const tables = section.tables.flatMap(({ title, rows }) => [`**${title}**`, markdownTable(rows)]);
  return [section.meaning, ...tables, ...chartOf(section), ...rawOf(section)].join("\n\n");
}

function boundRows(measured: readonly Section[]): Table["rows"] {
  return Object.fromEntries(
    measured.flatMap(({ bounds }) =>
      bounds.map(({ claim, measured: value, most }) => [
        claim,
        { measured: value, "at most": most, "": value <= most ? "holds" : "does not hold" },
      ]),
    ),
  );
}

/** The rows of a table of bounds, as it was written. */
function boundsIn(table: string): Table["rows"] {
  const [, , ...lines] = table.split("\n").filter((line) => line.startsWith("|"));
  return Object.fromEntries(
    lines.map((line) => {
      const [claim = "", measured = "", most = "", holds = ""] = line.split(" | ");
      return [claim.slice(2), { measured, "at most": most, "": holds.replace(/ \|$/, "") }];
    }),
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
    `## ${baselineTitle}`,
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
