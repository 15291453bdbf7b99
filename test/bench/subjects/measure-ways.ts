import { Bench } from "tinybench";
import { median, percentile } from "../statistics.ts";

/** What one way of doing something took, each time. */
export interface Took {
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of this process's CPU. */
  readonly cpu: number;
  /** Kilobytes of heap that were allocated. */
  readonly heap: number;
}

/** One way of doing something. What is prepared counts for nothing. */
export interface Way<Prepared = unknown> {
  readonly prepare?: () => Promise<Prepared>;
  readonly run: (prepared: Prepared) => Promise<void>;
}

/** How much is measured: `total` times of each way, in so many blocks, after `warmUp` times. */
export interface Extent {
  readonly total: number;
  readonly blocks: number;
  readonly warmUp: number;
}

/** Measurements of one block, each time. */
interface Block {
  readonly samples: readonly number[];
  readonly cpu: number;
  readonly heap: number;
}

/** Measures ways in turn, block by block, and every other time backwards: what the machine does meanwhile meets all. */
export async function measureWays(
  ways: Readonly<Record<string, Way>>,
  { total, blocks, warmUp }: Extent,
): Promise<Readonly<Record<string, Took>>> {
  const names = Object.keys(ways);
  const taken = new Map<string, Block[]>(names.map((name) => [name, []]));
  for (const name of names) await measureBlock(ways[name] as Way, warmUp);
  for (let block = 0; block < blocks; block++) {
    for (const name of block % 2 === 0 ? names : names.toReversed()) {
      taken.get(name)?.push(await measureBlock(ways[name] as Way, Math.ceil(total / blocks)));
    }
  }
  return Object.fromEntries([...taken].map(([name, all]) => [name, summary(all)]));
}

async function measureBlock({ prepare, run }: Way, iterations: number): Promise<Block> {
  const prepared: unknown[] = [];
  for (let at = 0; prepare !== undefined && at < iterations; at++) prepared.push(await prepare());
  const bench = new Bench({ iterations, time: 0, warmup: false, retainSamples: true, throws: true });
  let cpu = process.cpuUsage();
  let heap = 0;
  bench.add("one", () => run(prepared.pop()), {
    // Otherwise it would be run once more, to find out.
    async: true,
    beforeAll: () => {
      globalThis.gc?.();
      heap = process.memoryUsage().heapUsed;
      cpu = process.cpuUsage();
    },
    afterAll: () => {
      cpu = process.cpuUsage(cpu);
      heap = process.memoryUsage().heapUsed - heap;
    },
  });
  await bench.run();
  const result = bench.tasks[0]?.result;
  const samples = result !== undefined && "latency" in result ? (result.latency.samples ?? []) : [];
  return {
    samples: [...samples],
    cpu: (cpu.user + cpu.system) / iterations,
    heap: heap / iterations / 1_000,
  };
}

function summary(blocks: readonly Block[]): Took {
  const samples = blocks.flatMap((each) => each.samples);
  const middle = (figure: "cpu" | "heap") => median(blocks.map((each) => each[figure]));
  return { p50: median(samples), p99: percentile(samples, 99), cpu: middle("cpu"), heap: middle("heap") };
}
