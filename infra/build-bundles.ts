import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { functionNames } from "./config.ts";
import { ownSourceMap } from "./own-source-map.ts";
import { pureSchemas } from "./pure-schemas.ts";

/** `node infra/build-bundles.ts FOLDER`: writes each function's bundle into a folder of its name, and beside them `contents.json`, esbuild's metafile. */
const [folder = ""] = process.argv.slice(2);

const { metafile } = await build({
  absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
  entryPoints: functionNames.map((name) => ({ in: `lambdas/functions/${name}.ts`, out: `${name}/index` })),
  outdir: folder,
  bundle: true,
  platform: "node",
  target: "node24",
  // Not ES modules: to import node:http as one is to read all it exports, for which Node.js loads its fetch. For the same
  // reason import(), with which the SDK loads node:http, becomes a late require.
  format: "cjs",
  supported: { "dynamic-import": false },
  mainFields: ["module", "main"],
  // lambdas/code-place.ts looks for the source map beside it.
  define: { "import.meta.filename": "__filename" },
  alias: { "@aws-sdk/credential-provider-node": "./infra/environment-credentials.ts" },
  plugins: [pureSchemas],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: "warning",
});
for (const name of functionNames) {
  const path = join(folder, name, "index.js.map");
  writeFileSync(path, ownSourceMap(readFileSync(path, "utf8"), name));
}
writeFileSync(join(folder, "contents.json"), JSON.stringify(metafile));
