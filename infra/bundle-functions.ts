import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionName } from "../lambdas/routes.ts";
import { functionNames } from "./config.ts";
import { type FunctionBundle, readBundle } from "./function-bundle.ts";

const program = fileURLToPath(new URL("./build-bundles.ts", import.meta.url));

/** Folder that holds the source of every bundle. */
export const bundledFolder: string = fileURLToPath(new URL("../lambdas", import.meta.url));

let bundles: ReadonlyMap<FunctionName, FunctionBundle> | undefined;

/**
 * Bundles the entry point of each function, AWS SDK included: the version under test is the version that runs. Once
 * per process and all together, which is quickest; esbuild runs on this machine, so no Docker is needed. In a process
 * of its own, because a stack is made synchronously and esbuild's plugins are not.
 */
export function bundleFunctions(): ReadonlyMap<FunctionName, FunctionBundle> {
  bundles ??= build();
  return bundles;
}

function build(): ReadonlyMap<FunctionName, FunctionBundle> {
  const folder = mkdtempSync(join(tmpdir(), "bundles-"));
  try {
    execFileSync(process.execPath, [program, folder], { stdio: ["ignore", "ignore", "inherit"] });
    return new Map(functionNames.map((name) => [name, readBundle(join(folder, name))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
