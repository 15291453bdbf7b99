import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openChat, startChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { bundleContents, bundleSizes } from "./bundle-contents.ts";
import { postEvent } from "./post-event.ts";
import type { Bound, Kept, Measure } from "./section.ts";
import { median, rounded } from "./statistics.ts";

/** A module that a fresh process loads, and the event its first request is; none where only the loading counts. */
interface Subject {
  readonly path: string;
  readonly event?: string;
}

/** What a process measured of itself, its own boot excluded, in milliseconds since just before the first import. */
interface Start {
  readonly init: number;
  readonly answered?: number;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const functions = ["chat", "connection", "start-chat", "attachments", "relay"] as const;
const sample = "AWS sample's way";
const floor = "floor";

/** What the short form starts: what the baseline is about. */
const compared: readonly string[] = [sample, "chat", "start-chat", "attachments", "relay"];

/** Cold starts of the built bundles, each in a fresh process, interleaved with what they are compared with. */
export const coldStart: Measure = async ({ runs, short }) => {
  const folder = mkdtempSync(join(tmpdir(), "bench-bundles-"));
  execFileSync(process.execPath, [here("../../infra/build-bundles.ts"), folder]);
  const system = await startTestSystem({ RATE_LIMITS: generousLimits }, new RunningClock());
  const subjects = await subjectsOf(system, folder);
  const starts = new Map(Object.keys(subjects).map((name) => [name, [] as Start[]]));
  for (let run = 0; run < runs; run++) {
    for (const [name, subject] of Object.entries(subjects)) {
      if (!short || compared.includes(name)) starts.get(name)?.push(await startOnce(subject));
    }
  }
  await system.close();
  const contents = bundleContents(join(folder, "contents.json"));
  rmSync(folder, { recursive: true });
  const inits = new Map([...starts].map(([name, all]) => [name, all.map(({ init }) => init)]));
  const answers = new Map(
    [...starts].map(([name, all]) => [name, all.flatMap(({ answered }) => answered ?? [])]),
  );
  const of = (figures: typeof inits, name: string) => median(figures.get(name) ?? []);
  const ratio = (figures: typeof inits, name: string, base: string) =>
    rounded(of(figures, name) / of(figures, base));
  const rows = Object.keys(subjects).map((name) => [
    name,
    {
      "init, ms": rounded(of(inits, name)),
      "x sample": ratio(inits, name, sample),
      "x floor": ratio(inits, name, floor),
      ...((answers.get(name)?.length ?? 0) > 0 && {
        "first answer, ms": rounded(of(answers, name)),
        "answer x sample": ratio(answers, name, sample),
      }),
    },
  ]);
  const bound = (claim: string, measured: number, most: number): Bound => ({ claim, measured, most });
  const kept: Record<string, Kept> = {};
  // Of the least disturbed runs: of a busy machine, medians of five are noise.
  const least = (name: string) => Math.min(...(inits.get(name) ?? []));
  for (const name of functions) {
    if (compared.includes(name)) {
      kept[`least init of ${name} x sample`] = { value: rounded(least(name) / least(sample)), margin: 1.6 };
    }
    kept[`KB of ${name}`] = { value: bundleSizes(contents)[name] ?? 0, margin: 1.05 };
  }
  return {
    title: "Cold start",
    meaning:
      "What the first visitor after a quiet spell waits for, beside Lambda's own start. Init: first import to handler ready; first answer: first import to " +
      "first request answered. Each in a fresh process, its boot excluded. The floor imports node:http, node:https and node:crypto alone; as required modules " +
      "they are less still, because an import of node:http loads fetch.",
    tables: [
      { title: "Cold start", rows: Object.fromEntries(rows) },
      { title: "Bundles, KB by package", rows: contents },
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
      ...[...inits].map(([name, all]) => [`init of ${name}, ms`, all] as const),
      ...[...answers].map(([name, all]) => [`first answer of ${name}, ms`, all] as const),
    ]),
  };
};

async function subjectsOf(system: TestSystem, folder: string): Promise<Readonly<Record<string, Subject>>> {
  const { connectionHandle } = await openChat(system);
  const { participantHandle } = await startChat(system.url);
  const bundle = (name: (typeof functions)[number], event?: string): Subject => ({
    path: join(folder, name, "index.js"),
    ...(event !== undefined && { event }),
  });
  const start = postEvent("/chat", { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" } });
  const upload = {
    AttachmentName: "a.txt",
    ContentType: "text/plain",
    AttachmentSizeInBytes: 4,
    ClientToken: "one",
  };
  return {
    [floor]: { path: here("./subjects/floor.mjs") },
    "floor, required": { path: here("./subjects/required-floor.cjs") },
    [sample]: { path: here("./subjects/sample-v2.cjs"), event: start },
    "v3, unbundled": { path: here("./subjects/unbundled-v3.mjs"), event: start },
    chat: bundle(
      "chat",
      postEvent("/participant/message", { ContentType: "text/plain", Content: "hi" }, connectionHandle),
    ),
    connection: bundle(
      "connection",
      postEvent("/participant/connection", { Type: ["CONNECTION_CREDENTIALS"] }, participantHandle),
    ),
    "start-chat": bundle("start-chat", start),
    attachments: bundle(
      "attachments",
      postEvent("/participant/start-attachment-upload", upload, connectionHandle),
    ),
    relay: bundle("relay"),
  };
}

/** Asynchronously: this process has to answer the other one. */
async function startOnce({ path, event }: Subject): Promise<Start> {
  const args = [here("./subjects/once.mjs"), path, ...(event === undefined ? [] : [event])];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
  });
  return JSON.parse(stdout) as Start;
}
