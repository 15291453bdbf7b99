import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** Lambda's handler `index.handler` finds it. */
const handlerModule = "index.js";

/**
 * What is deployed of one function: one CommonJS module with its source map, and the packages that it loads late
 * (infra/late-packages.ts).
 */
export interface FunctionBundle {
  /** Of the module alone, in bytes: what a cold start reads. */
  readonly bytes: number;
  /** Of all files and their names, so that the same source gives the same asset on any machine. */
  readonly hash: string;
  write(folder: string): void;
}

/** Reads a bundle that was built into `folder`. */
export function readBundle(folder: string): FunctionBundle {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(folder, path).replaceAll(sep, "/"), contents: readFileSync(path) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const hash = createHash("sha256");
  for (const { name, contents } of files) hash.update(`${name}\0${contents.length}\0`).update(contents);
  return {
    bytes: files.find(({ name }) => name === handlerModule)?.contents.length ?? 0,
    hash: hash.digest("hex"),
    write: (target) => {
      for (const { name, contents } of files) {
        mkdirSync(dirname(join(target, name)), { recursive: true });
        writeFileSync(join(target, name), contents);
      }
    },
  };
}
