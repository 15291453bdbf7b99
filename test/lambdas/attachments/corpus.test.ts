import { describe, expect, it } from "vitest";
import { inspect } from "../../../lambdas/attachments/inspect.ts";
import { checkName } from "../../../lambdas/attachments/names.ts";
import { defaultPolicy } from "../../../lambdas/attachments/policy.ts";
import { ChatError } from "../../../lambdas/errors.ts";
import { legitimateDocuments } from "./document-files.ts";
import type { FileCase } from "./file-case.ts";
import { hostileBinaries } from "./hostile-binaries.ts";
import { hostileNames } from "./hostile-names.ts";
import { hostileOffice } from "./hostile-office.ts";
import { hostilePolyglots } from "./hostile-polyglots.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { hostileZips } from "./hostile-zips.ts";
import { legitimateNames } from "./legitimate-names.ts";
import { legitimatePictures } from "./picture-files.ts";
import { legitimateTexts } from "./text-files.ts";

interface Verdict {
  readonly corpus: string;
  readonly category: string;
  readonly title: string;
  /** Why it was refused; undefined where it was accepted. */
  readonly reason: string | undefined;
}

async function judgeFile(
  corpus: string,
  { category, title, name, contentType, bytes }: FileCase,
): Promise<Verdict> {
  const judged = { corpus, category, title };
  try {
    await inspect(bytes, { name, contentType, size: bytes.length }, defaultPolicy);
    return { ...judged, reason: undefined };
  } catch (error) {
    return { ...judged, reason: reasonOf(error) };
  }
}

function judgeName(corpus: string, category: string, name: string): Verdict {
  const judged = { corpus, category, title: JSON.stringify(name) };
  try {
    checkName(name, defaultPolicy);
    return { ...judged, reason: undefined };
  } catch (error) {
    return { ...judged, reason: reasonOf(error) };
  }
}

/** Anything but our own 400 is a crash. */
function reasonOf(error: unknown): string {
  if (!(error instanceof ChatError) || error.status !== 400) throw error;
  return error.reason;
}

async function judgeFiles(corpus: string, files: readonly FileCase[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const file of files) verdicts.push(await judgeFile(corpus, file));
  return verdicts;
}

/** One line per category: how many, accepted, refused. */
function table(verdicts: readonly Verdict[]): string {
  const groups = Object.entries(
    Object.groupBy(verdicts, ({ corpus, category }) => `${corpus.padEnd(18)} ${category.padEnd(26)}`),
  );
  const rows = groups.map(([title, group = []]) => {
    const refused = group.filter(({ reason }) => reason !== undefined).length;
    return [title, group.length, group.length - refused, refused];
  });
  return [["corpus".padEnd(18).concat(" category".padEnd(27)), "count", "accepted", "refused"], ...rows]
    .map(([title, ...counts]) => `${title} ${counts.map((count) => String(count).padStart(9)).join("")}`)
    .join("\n");
}

describe("the corpus of attachments", () => {
  it("has no false accept and no false reject", async () => {
    const hostileFiles = [
      ...(await hostileBinaries()),
      ...(await hostilePolyglots()),
      ...hostileTexts(),
      ...hostileOffice(),
      ...hostileZips(),
    ];
    const soundFiles = [...legitimatePictures(), ...(await legitimateDocuments()), ...legitimateTexts()];
    const hostile = [
      ...hostileNames().map(([category, name]) => judgeName("hostile names", category, name)),
      ...(await judgeFiles("hostile files", hostileFiles)),
    ];
    const sound = [
      ...legitimateNames().map(([category, name]) => judgeName("legitimate names", category, name)),
      ...(await judgeFiles("legitimate files", soundFiles)),
    ];
    process.stdout.write(`\n${table([...hostile, ...sound])}\n\n`);

    expect(hostile.filter(({ reason }) => reason === undefined)).toEqual([]);
    expect(sound.filter(({ reason }) => reason !== undefined)).toEqual([]);
    expect(hostileNames().length).toBeGreaterThanOrEqual(300);
    expect(legitimateNames().length).toBeGreaterThanOrEqual(200);
    expect(hostileFiles.length).toBeGreaterThanOrEqual(60);
    expect(soundFiles.length).toBeGreaterThanOrEqual(40);
  });
});
