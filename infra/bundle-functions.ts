import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync, type OutputFile } from "esbuild";
import type { FunctionName } from "../lambdas/routes.ts";
import { functionNames } from "./config.ts";

/** Root of the repository. */
const root = fileURLToPath(new URL("..", import.meta.url));

/** Folder that holds the source of every bundle. */
export const bundledFolder: string = join(root, "lambdas");

/** What is deployed of one function: one ES module with its source map. */
export interface FunctionBundle {
  /** Of the module alone, in bytes: what a cold start reads. */
  readonly bytes: number;
  /** Of both files, so that the same source gives the same asset on any machine. */
  readonly hash: string;
  write(folder: string): void;
}

let bundles: ReadonlyMap<FunctionName, FunctionBundle> | undefined;

/**
 * Bundles the entry point of each function, AWS SDK included: the version under test is the version that runs. Once per
 * process and all together, which is quickest; esbuild runs on this machine, so no Docker is needed.
 */
export function bundleFunctions(): ReadonlyMap<FunctionName, FunctionBundle> {
  bundles ??= new Map(build());
  return bundles;
}

function build(): readonly (readonly [FunctionName, FunctionBundle])[] {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: functionNames.map((name) => ({ in: `lambdas/functions/${name}.ts`, out: `${name}/index` })),
    outdir: "bundles",
    outExtension: { ".js": ".mjs" },
    write: false,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // What is CommonJS among the packages (yauzl) asks for Node's own modules with require, which an ES module has not.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
    },
    mainFields: ["module", "main"],
    alias: { "@aws-sdk/credential-provider-node": "./infra/environment-credentials.ts" },
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
  });
  return functionNames.map((name) => [
    name,
    toBundle(outputFiles.filter(({ path }) => basename(dirname(path)) === name)),
  ]);
}

function toBundle(files: readonly OutputFile[]): FunctionBundle {
  const hash = createHash("sha256");
  for (const { contents } of files) hash.update(contents);
  return {
    bytes: files.find(({ path }) => path.endsWith(".mjs"))?.contents.length ?? 0,
    hash: hash.digest("hex"),
    write: (folder) => {
      mkdirSync(folder, { recursive: true });
      for (const { path, contents } of files) writeFileSync(join(folder, basename(path)), contents);
    },
  };
}
