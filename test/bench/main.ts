import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { judge, keepBaseline } from "./baseline.ts";
import type { Section } from "./section.ts";
import { type SectionName, sections, shortSections } from "./sections.ts";
import { writeDocs } from "./write-docs.ts";

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
const report: Partial<Record<SectionName, Section>> = {};
for (const name of names) {
  process.stderr.write(`${name} …\n`);
  report[name] = await measure(name);
}

if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else for (const section of Object.values(report)) print(section);
if (options["write-docs"]) writeDocs(report);
if (options["write-baseline"]) keepBaseline(report);
if (options.check) {
  const regressions = judge(report);
  for (const line of regressions) process.stdout.write(`${line}\n`);
  process.exitCode = regressions.length === 0 ? 0 : 1;
}

function known(name: string): SectionName {
  if (Object.hasOwn(sections, name)) return name as SectionName;
  throw new Error(`no section ${name}: ${Object.keys(sections).join(", ")}`);
}

/** In a process of its own. */
async function measure(name: SectionName): Promise<Section> {
  const program = fileURLToPath(new URL("./run-section.ts", import.meta.url));
  const child = fork(program, [name, options.runs, short ? "short" : "long"], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  let section: Section | undefined;
  child.on("message", (message) => {
    section = message as Section;
  });
  await once(child, "exit");
  if (section === undefined) throw new Error(`${name} ended without a report`);
  return section;
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
