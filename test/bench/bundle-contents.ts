import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Metafile } from "esbuild";
import { rounded } from "./statistics.ts";

/** Packages named in the table; the rest of a bundle is summed up. */
const named = 12;

/** What esbuild says of the bundles. */
export interface BundleContents {
  /** Kilobytes by package and function, largest first; `all` is the file. */
  readonly kilobytes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Node.js's own modules that each function's bundle requires. */
  readonly modules: Readonly<Record<string, readonly string[]>>;
}

/** Reads esbuild's metafile. */
export function readContents(metafile: string): BundleContents {
  const { outputs } = JSON.parse(readFileSync(metafile, "utf8")) as Metafile;
  const bundles = Object.entries(outputs).filter(([path]) => path.endsWith(".js"));
  const rows: Record<string, Record<string, number>> = {};
  const modules: Record<string, readonly string[]> = {};
  for (const [path, { bytes, inputs, imports }] of bundles) {
    const name = dirname(path).split("/").at(-1) ?? "";
    modules[name] = [...new Set(imports.filter(({ external }) => external).map((each) => each.path))];
    add(rows, "all", name, bytes);
    for (const [file, { bytesInOutput }] of Object.entries(inputs))
      add(rows, packageOf(file), name, bytesInOutput);
  }
  const sum = (row: Readonly<Record<string, number>>) => Object.values(row).reduce((a, b) => a + b, 0);
  const sorted = Object.entries(rows).sort(([, a], [, b]) => sum(b) - sum(a));
  const inKilobytes = (row: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(row).map(([name, bytes]) => [name, rounded(bytes / 1_000)]));
  const kilobytes = Object.fromEntries(sorted.slice(0, named).map(([name, row]) => [name, inKilobytes(row)]));
  return { kilobytes, modules };
}

function add(rows: Record<string, Record<string, number>>, row: string, column: string, bytes: number): void {
  rows[row] = { ...rows[row], [column]: (rows[row]?.[column] ?? 0) + bytes };
}

function packageOf(file: string): string {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? "our own";
}
