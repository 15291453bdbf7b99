import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";

/** The bundle that this runs in, or this very file where Node.js runs the source. */
const here = import.meta.filename;
const isBundle = !here.endsWith(".ts");

/** The end of a stack's line; a place is no longer than that. */
const frame = /(?:^|[\s(]|file:\/\/)(\/[^\s()]{1,500}):(\d{1,9}):(\d{1,9})\)?$/;

/** A file of ours: not the one whose functions make errors for others. */
const own = /(?:^|\/)((?:lambdas|infra)\/(?!errors\.ts$)[\w/-]+\.ts)$/;

/**
 * Where an error passed through this repository first: its innermost frame in our own code, as `lambdas/chain.ts:12`.
 * Undefined where none is known; never throws, because it is asked while an error is answered. The bundle's source
 * map is read when a first error asks; with `--enable-source-maps` every cold start would read it.
 */
export function codePlace(error: Error): string | undefined {
  try {
    return frames(error)
      .map(placeOf)
      .find((place) => place !== undefined);
  } catch {
    return undefined;
  }
}

/** The lines below the message, which may look like anything. */
function frames({ message, stack = "" }: Error): readonly string[] {
  const start = stack.indexOf(message);
  return start < 0 ? [] : stack.slice(start + message.length).split("\n", 50);
}

function placeOf(line: string): string | undefined {
  const [, path = "", row, column] = line.length > 1_000 ? [] : (frame.exec(line) ?? []);
  if (!isBundle) return placed(path, row);
  // In a bundle everything is in the bundle: what names another file did not come from us.
  if (path !== here) return undefined;
  const origin = sourceMap()?.findOrigin(Number(row), Number(column));
  // What belongs to a package has no origin in the map (infra/own-source-map.ts).
  return origin !== undefined && "fileName" in origin
    ? placed(origin.fileName, origin.lineNumber)
    : undefined;
}

function placed(path: string | undefined, row: string | number | undefined): string | undefined {
  const file = own.exec(path ?? "")?.[1];
  return file === undefined ? undefined : `${file}:${row}`;
}

/** The map beside the bundle, read once; undefined where there is none that can be read. */
let read: { readonly map: SourceMap | undefined } | undefined;

function sourceMap(): SourceMap | undefined {
  if (read === undefined) {
    // First without: a map that cannot be read is not tried again.
    read = { map: undefined };
    read = { map: new SourceMap(JSON.parse(readFileSync(`${here}.map`, "utf8"))) };
  }
  return read.map;
}
