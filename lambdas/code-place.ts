import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";

/** The bundle that this runs in, or this very file where Node.js runs the source. */
const here = import.meta.filename;

/** The end of a stack's line. */
const frame = /(\/[^\s()]*):(\d+):(\d+)\)?$/;

/** A file of ours. */
const own = /(?:^|\/)(lambdas\/[\w/-]+\.ts)$/;

/**
 * Where in this repository an error was thrown: its innermost frame in our own code, as `lambdas/chain.ts:12`. Undefined where it has none.
 * The bundle's source map is read when a first error asks; with `--enable-source-maps` every cold start would read it.
 */
export function codePlace(error: Error): string | undefined {
  for (const line of frames(error)) {
    const [, path = "", row, column] = frame.exec(line) ?? [];
    const origin = path === here ? sourceMap()?.findOrigin(Number(row), Number(column)) : undefined;
    const { fileName, lineNumber } = isPlace(origin) ? origin : { fileName: path, lineNumber: row };
    const file = own.exec(fileName)?.[1];
    if (file !== undefined) return `${file}:${lineNumber}`;
  }
  return undefined;
}

/** The lines below the message, which may look like anything. */
function frames({ message, stack = "" }: Error): readonly string[] {
  const start = stack.indexOf(message);
  return start < 0 ? [] : stack.slice(start + message.length).split("\n");
}

/** The map beside the bundle, once; undefined for the source, which needs none. */
let read: { readonly map: SourceMap | undefined } | undefined;

function sourceMap(): SourceMap | undefined {
  read ??= {
    map: here.endsWith(".ts") ? undefined : new SourceMap(JSON.parse(readFileSync(`${here}.map`, "utf8"))),
  };
  return read.map;
}

/** What belongs to a package has no origin in the map (infra/own-source-map.ts). */
function isPlace(
  origin: object | undefined,
): origin is { readonly fileName: string; readonly lineNumber: number } {
  return origin !== undefined && "fileName" in origin && origin.fileName !== undefined;
}
