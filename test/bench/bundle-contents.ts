import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { posix } from "node:path";
import type { Metafile } from "esbuild";
import { rounded } from "./statistics.ts";

/** Packages named in the table; the rest of a bundle is summed up. */
const named = 12;

/** Kilobytes by what they are of, and by the function whose bundle has them. */
type Kilobytes = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What esbuild says of the bundles. */
export interface BundleContents {
  /** By package, largest first; `all` is the file. */
  readonly kilobytes: Kilobytes;
  /** Packages that lie beside a bundle, which a cold start does not read (infra/late-packages.ts). */
  readonly late: Kilobytes;
  /** Node.js's own modules that each function's bundle requires. */
  readonly modules: Readonly<Record<string, readonly string[]>>;
}

/** Reads esbuild's metafile. */
export function readContents(metafile: string): BundleContents {
  const { outputs } = JSON.parse(readFileSync(metafile, "utf8")) as Metafile;
  const rows: Record<string, Record<string, number>> = {};
  const late: Record<string, Record<string, number>> = {};
  const modules: Record<string, readonly string[]> = {};
  for (const [path, { bytes, inputs, imports, entryPoint = "" }] of Object.entries(outputs)) {
    const name = /^lambdas\/functions\/(.+)\.ts$/.exec(entryPoint)?.[1];
    if (name === undefined) continue;
    const required = [...new Set(imports.map((each) => each.path))];
    modules[name] = required.filter(isBuiltin);
    add(rows, "all", name, bytes);
    for (const [file, { bytesInOutput }] of Object.entries(inputs))
      add(rows, packageOf(file), name, bytesInOutput);
    for (const file of required.filter((each) => !isBuiltin(each)))
      add(
        late,
        file.slice("./".length, -".js".length),
        name,
        outputs[posix.join(posix.dirname(path), file)]?.bytes ?? Number.NaN,
      );
  }
  const sum = (row: Readonly<Record<string, number>>) => Object.values(row).reduce((a, b) => a + b, 0);
  const sorted = Object.entries(rows).sort(([, a], [, b]) => sum(b) - sum(a));
  const inKilobytes = (row: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(row).map(([name, bytes]) => [name, rounded(bytes / 1_000)]));
  const table = (of: typeof sorted) => Object.fromEntries(of.map(([name, row]) => [name, inKilobytes(row)]));
  return { kilobytes: table(sorted.slice(0, named)), late: table(Object.entries(late)), modules };
}

function add(rows: Record<string, Record<string, number>>, row: string, column: string, bytes: number): void {
  rows[row] = { ...rows[row], [column]: (rows[row]?.[column] ?? 0) + bytes };
}

function packageOf(file: string): string {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? "our own";
}
