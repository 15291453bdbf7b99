import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generousLimits } from "../support/operation-members.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem } from "../support/test-system.ts";
import { type BundleContents, readContents } from "./bundle-contents.ts";
import {
  floor,
  type InitParts,
  measureParts,
  requiredFloor,
  type Start,
  type Subject,
  sample,
  startedFunctions,
  startOnce,
  subjectsOf,
} from "./cold-start-subjects.ts";
import type { Bound, Kept, Measure, Table } from "./section.ts";
import { median, rounded } from "./statistics.ts";

/** What the short form starts: what the baseline is about. */
const compared: readonly string[] = [sample, "chat", "start-chat", "attachments", "relay"];

type Subjects = Readonly<Record<string, Subject>>;

/** Cold starts of the built bundles, each in a fresh process, interleaved with what they are compared with. */
export const coldStart: Measure = async ({ runs, short }) => {
  const folder = mkdtempSync(join(tmpdir(), "bench-bundles-"));
  execFileSync(process.execPath, [
    fileURLToPath(new URL("../../infra/build-bundles.ts", import.meta.url)),
    folder,
  ]);
  const contents = readContents(join(folder, "contents.json"));
  const system = await startTestSystem({ RATE_LIMITS: generousLimits }, new RunningClock());
  const all = await subjectsOf(system, folder);
  const subjects = Object.fromEntries(
    Object.entries(all).filter(([name]) => !short || compared.includes(name)),
  );
  const starts = await startAll(subjects, runs);
  const parts = short ? {} : await partsOfInit(subjects, contents, runs);
  await system.close();
  rmSync(folder, { recursive: true });
  const inits = (name: string) => (starts.get(name) ?? []).map(({ init }) => init);
  const answers = (name: string) => (starts.get(name) ?? []).flatMap(({ answered }) => answered ?? []);
  const ratio = (figures: typeof inits, name: string, base: string) =>
    rounded(median(figures(name)) / median(figures(base)));
  const rows = Object.keys(subjects).map((name) => [
    name,
    {
      "init, ms": rounded(median(inits(name))),
      "x sample": ratio(inits, name, sample),
      "x floor": ratio(inits, name, floor),
      "x floor, required": ratio(inits, name, requiredFloor),
      ...(answers(name).length > 0 && {
        "first answer, ms": rounded(median(answers(name))),
        "answer x sample": ratio(answers, name, sample),
      }),
    },
  ]);
  const bound = (claim: string, measured: number, most: number): Bound => ({ claim, measured, most });
  // Of the least disturbed runs: of a busy machine, medians of five are noise.
  const least = (name: string) => Math.min(...inits(name));
  const kept: Record<string, Kept> = {};
  for (const name of startedFunctions) {
    if (compared.includes(name)) {
      kept[`least init of ${name} x sample`] = { value: rounded(least(name) / least(sample)), margin: 1.6 };
    }
    kept[`KB of ${name}`] = { value: contents.kilobytes["all"]?.[name] ?? Number.NaN, margin: 1.05 };
  }
  return {
    title: "Cold start",
    meaning:
      "What the first visitor after a quiet spell waits for, beside Lambda's own start. Init: first import to handler ready; first answer: first import to " +
      "first request answered. Each in a fresh process, its boot excluded. The floor imports node:http, node:https and node:crypto alone; as required modules " +
      "they are less still, because an import of node:http loads fetch: that is why the bundles are CommonJS. The sample and the unbundled handler do nothing but start a chat, as start-chat does with " +
      "a session, a limit and a record of the start besides; chat's first answer is a message. Endpoints are plain HTTP here: in AWS a TLS handshake with each service comes on top, the same for all.",
    tables: [
      { title: "Cold start", rows: Object.fromEntries(rows) },
      { title: "What init is made of, ms", rows: parts },
      { title: "Bundles, KB by package", rows: contents.kilobytes },
      { title: "Beside the bundles, loaded when first needed, KB", rows: contents.late },
    ],
    bounds: [
      bound("init of chat x the sample's way", ratio(inits, "chat", sample), 0.45),
      bound("init of chat x the floor", ratio(inits, "chat", floor), 1.8),
      ...(["start-chat", "attachments", "relay"] as const).map((name) =>
        bound(`init of ${name} x the sample's way`, ratio(inits, name, sample), 0.6),
      ),
      bound("first answer of chat x the sample's", ratio(answers, "chat", sample), 0.7),
    ].filter(({ measured }) => !Number.isNaN(measured)),
    kept,
    raw: Object.fromEntries([
      ...Object.keys(subjects).map((name) => [`init of ${name}, ms`, inits(name)] as const),
      ...Object.keys(subjects)
        .filter((name) => answers(name).length > 0)
        .map((name) => [`first answer of ${name}, ms`, answers(name)] as const),
    ]),
  };
};

/** In turn, so that what the machine does meanwhile meets all. */
async function startAll(subjects: Subjects, runs: number): Promise<ReadonlyMap<string, readonly Start[]>> {
  const starts = new Map<string, Start[]>();
  for (let run = 0; run < runs; run++) {
    for (const [name, subject] of Object.entries(subjects)) {
      starts.set(name, [...(starts.get(name) ?? []), await startOnce(subject)]);
    }
  }
  return starts;
}

async function partsOfInit(
  subjects: Subjects,
  { modules }: BundleContents,
  runs: number,
): Promise<Table["rows"]> {
  const measured = new Map<string, InitParts[]>();
  for (let run = 0; run < runs; run++) {
    for (const name of startedFunctions) {
      const subject = subjects[name];
      if (subject === undefined) continue;
      measured.set(name, [...(measured.get(name) ?? []), await measureParts(subject, modules[name] ?? [])]);
    }
  }
  const middle = (all: readonly InitParts[], part: keyof InitParts) =>
    rounded(median(all.map((each) => each[part])));
  return Object.fromEntries(
    [...measured].map(([name, all]) => [
      name,
      {
        "Node.js's own modules": middle(all, "modules"),
        "reading and compiling": middle(all, "compiling"),
        running: middle(all, "running"),
      },
    ]),
  );
}
