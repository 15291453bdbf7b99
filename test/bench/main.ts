import { parseArgs } from "node:util";
import { judge, keepBaseline, type Report } from "./baseline.ts";
import { forkProgram } from "./fork-program.ts";
import type { Section } from "./section.ts";
import { type SectionName, sections, shortSections } from "./sections.ts";
import { writeDocs } from "./write-docs.ts";

/** How many runs of the short form a baseline is made of. */
const consecutiveRuns = 10;

/** `npm run bench -- [--json] [--only NAME,…] [--runs N] [--check | --write-baseline] [--write-docs]`. */
const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string" },
    runs: { type: "string", default: "5" },
    check: { type: "boolean", default: false },
    "write-baseline": { type: "boolean", default: false },
    "write-docs": { type: "boolean", default: false },
  },
});
const short = options.check || options["write-baseline"];
const all = short ? shortSections : (Object.keys(sections) as SectionName[]);
const names = options.only === undefined ? all : options.only.split(",").map(known);

if (options["write-baseline"]) {
  const reports: Report[] = [];
  for (let run = 0; run < consecutiveRuns; run++) reports.push(await measureAll(names));
  keepBaseline(reports);
} else {
  const report = await measureAll(names);
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else for (const section of Object.values(report)) print(section);
  if (options["write-docs"]) writeDocs(report);
  if (options.check) process.exitCode = (await check(report)) ? 0 : 1;
}

/** A regression is what two measurements in a row see: the machine may have been busy during one. */
async function check(report: Report): Promise<boolean> {
  const suspects = [...new Set(judge(report, names).map(({ section }) => known(section)))];
  const regressions = suspects.length === 0 ? [] : judge(await measureAll(suspects), suspects);
  for (const { sentence } of regressions) process.stdout.write(`REGRESSION: ${sentence}\n`);
  return regressions.length === 0;
}

async function measureAll(chosen: readonly SectionName[]): Promise<Report> {
  const report: Record<string, Section> = {};
  for (const name of chosen) {
    process.stderr.write(`${name} …\n`);
    report[name] = await measure(name);
  }
  return report;
}

function known(name: string): SectionName {
  if (Object.hasOwn(sections, name)) return name as SectionName;
  throw new Error(`no section ${name}: ${Object.keys(sections).join(", ")}`);
}

/** In a process of its own. */
function measure(name: SectionName): Promise<Section> {
  return forkProgram<Section>("./run-section.ts", { args: [name, options.runs, short ? "short" : "long"] });
}

function print({ title, meaning, tables, bounds }: Section): void {
  process.stdout.write(`\n${title}\n${meaning}\n`);
  for (const table of tables) {
    process.stdout.write(`\n${table.title}\n`);
    // biome-ignore lint/suspicious/noConsole: a table for people is what this program is for.
    console.table(table.rows);
  }
  for (const { claim, measured, most } of bounds) {
    process.stdout.write(
      `${measured <= most ? "shown" : "NOT SHOWN"}: ${claim}: ${measured} (at most ${most})\n`,
    );
  }
}
