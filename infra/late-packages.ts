import { isBuiltin } from "node:module";
import { posix } from "node:path";
import type { Metafile, Plugin } from "esbuild";

/**
 * Makes a file of its own of every package that is loaded by `import()`: a cold start reads a whole bundle, and with
 * it what most of them never need (the inspection of files, the SDK's event streams). Of packages alone: of our own
 * modules there would be two in one process, and an error that one of them throws is unknown to the other.
 */
export const latePackages: Plugin = {
  name: "late-packages",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ kind, path }) =>
      kind === "dynamic-import" && !isBuiltin(path) ? { path: `./${path}.js`, external: true } : undefined,
    );
  },
};

/** An entry point of esbuild. */
interface EntryPoint {
  readonly in: string;
  readonly out: string;
}

/**
 * The packages that the bundles of a metafile load late, each with its place beside the bundle. Their paths in it
 * start with the folder's name.
 */
export function latePackagesOf({ outputs }: Metafile): EntryPoint[] {
  return Object.entries(outputs).flatMap(([bundle, { imports }]) =>
    imports
      .filter(({ path }) => path.startsWith("./"))
      .map(({ path }) => ({
        in: path.slice("./".length, -".js".length),
        out: posix.join(posix.basename(posix.dirname(bundle)), path.slice(0, -".js".length)),
      })),
  );
}
