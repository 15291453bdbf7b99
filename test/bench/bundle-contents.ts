import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Metafile } from "esbuild";
import { rounded } from "./statistics.ts";

/** Packages named in the table; the rest of a bundle is summed up. */
const named = 12;

/** Kilobytes of each function's bundle by package, largest first, from esbuild's metafile; `all` is the file. */
export function bundleContents(metafile: string): Record<string, Record<string, number>> {
  const { outputs } = JSON.parse(readFileSync(metafile, "utf8")) as Metafile;
  const modules = Object.entries(outputs).filter(([path]) => path.endsWith(".js"));
  const rows: Record<string, Record<string, number>> = {};
  for (const [path, { bytes, inputs }] of modules) {
    const name = dirname(path).split("/").at(-1) ?? "";
    add(rows, "all", name, bytes);
    for (const [file, { bytesInOutput }] of Object.entries(inputs))
      add(rows, packageOf(file), name, bytesInOutput);
  }
  const sum = (row: Readonly<Record<string, number>>) => Object.values(row).reduce((a, b) => a + b, 0);
  const sorted = Object.entries(rows).sort(([, a], [, b]) => sum(b) - sum(a));
  const kilobytes = (row: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(row).map(([name, bytes]) => [name, rounded(bytes / 1_000)]));
  return Object.fromEntries(sorted.slice(0, named).map(([name, row]) => [name, kilobytes(row)]));
}

/** Kilobytes of each function's bundle. */
export function bundleSizes(contents: ReturnType<typeof bundleContents>): Readonly<Record<string, number>> {
  return contents["all"] ?? {};
}

function add(rows: Record<string, Record<string, number>>, row: string, column: string, bytes: number): void {
  rows[row] = { ...rows[row], [column]: (rows[row]?.[column] ?? 0) + bytes };
}

function packageOf(file: string): string {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? "our own";
}
