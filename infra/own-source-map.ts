import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";

/** The parts of a source map that are read here. */
interface SourceMap {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/**
 * A source map of our own code alone: it is read while an error waits for its answer (lambdas/code-place.ts), and
 * nine tenths of the whole are the packages'. Names of files start at the root of the repository, so that the map is
 * the same whatever folder it was built in.
 */
export function ownSourceMap(text: string, functionName: string): string {
  const map = JSON.parse(text) as SourceMap;
  const sources = new Numbering();
  const names = new Numbering();
  const isOurs = map.sources.map((source) => !source.includes("node_modules/"));
  const lines = decode(map.mappings).map((segments) => {
    const kept: SourceMapSegment[] = [];
    for (const segment of segments) {
      if (segment.length !== 1 && isOurs[segment[1]]) kept.push(renumbered(segment, sources, names));
      // One segment without a source ends ours; more would say the same.
      else if (kept.at(-1)?.length !== 1) kept.push([segment[0]]);
    }
    return kept;
  });
  return JSON.stringify({
    version: 3,
    file: `${functionName}/index.js`,
    sources: sources.of(map.sources).map((path) => path.replace(/^.*?(?=(?:lambdas|infra)\/)/, "")),
    names: names.of(map.names),
    mappings: encode(lines),
  });
}

function renumbered(
  segment: Exclude<SourceMapSegment, [number]>,
  sources: Numbering,
  names: Numbering,
): SourceMapSegment {
  const [column, source, line, sourceColumn, name] = segment;
  const place = [column, sources.number(source), line, sourceColumn] as const;
  return name === undefined ? [...place] : [...place, names.number(name)];
}

/** Gives numbers anew, in the order in which they are asked for. */
class Numbering {
  readonly #numbers = new Map<number, number>();

  number(old: number): number {
    const known = this.#numbers.get(old) ?? this.#numbers.size;
    this.#numbers.set(old, known);
    return known;
  }

  of(all: readonly string[]): string[] {
    return [...this.#numbers.keys()].map((old) => all[old] ?? "");
  }
}
