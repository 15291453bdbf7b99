import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Files of a bundle: Lambda's handler `index.handler` finds the first, lambdas/code-place.ts the second. */
const fileNames = ["index.js", "index.js.map"] as const;

/** What is deployed of one function: one CommonJS module with its source map. */
export interface FunctionBundle {
  /** Of the module alone, in bytes: what a cold start reads. */
  readonly bytes: number;
  /** Of both files, so that the same source gives the same asset on any machine. */
  readonly hash: string;
  write(folder: string): void;
}

/** Reads a bundle that was built into `folder`. */
export function readBundle(folder: string): FunctionBundle {
  const files = fileNames.map((name) => ({ name, contents: readFileSync(join(folder, name)) }));
  const hash = createHash("sha256");
  for (const { contents } of files) hash.update(contents);
  return {
    bytes: files[0]?.contents.length ?? 0,
    hash: hash.digest("hex"),
    write: (target) => {
      mkdirSync(target, { recursive: true });
      for (const { name, contents } of files) writeFileSync(join(target, name), contents);
    },
  };
}
