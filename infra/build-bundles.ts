import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { functionNames } from "./config.ts";
import { latePackages, latePackagesOf } from "./late-packages.ts";
import { ownSourceMap } from "./own-source-map.ts";
import { pureSchemas } from "./pure-schemas.ts";

/**
 * `node infra/build-bundles.ts FOLDER`: writes each function's bundle into a folder of its name, with the packages
 * that it loads late, and beside the folders `contents.json`, esbuild's metafile.
 */
const [folder = ""] = process.argv.slice(2);

const options = {
  absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
  outdir: folder,
  bundle: true,
  platform: "node",
  target: "node24",
  // Not ES modules: to import node:http as one is to read all it exports, for which Node.js loads its fetch. For the same
  // reason import(), with which the SDK loads node:http, becomes a late require.
  format: "cjs",
  supported: { "dynamic-import": false },
  mainFields: ["module", "main"],
  minify: true,
  metafile: true,
  logLevel: "warning",
} as const satisfies BuildOptions;

const { metafile } = await build({
  ...options,
  entryPoints: functionNames.map((name) => ({ in: `lambdas/functions/${name}.ts`, out: `${name}/index` })),
  // lambdas/code-place.ts looks for the source map beside it.
  define: { "import.meta.filename": "__filename" },
  alias: { "@aws-sdk/credential-provider-node": "./infra/environment-credentials.ts" },
  plugins: [pureSchemas, latePackages],
  sourcemap: true,
  sourcesContent: false,
});
for (const name of functionNames) {
  const path = join(folder, name, "index.js.map");
  writeFileSync(path, ownSourceMap(readFileSync(path, "utf8"), name));
}
const late = await build({ ...options, entryPoints: latePackagesOf(metafile) });
const contents: Metafile = {
  inputs: { ...late.metafile.inputs, ...metafile.inputs },
  outputs: { ...metafile.outputs, ...late.metafile.outputs },
};
writeFileSync(join(folder, "contents.json"), JSON.stringify(contents));
