import { Bench } from "tinybench";
import { median, percentile } from "../statistics.ts";

/** What one operation of a way costs in one run. */
export interface Cost {
  /** Microseconds of this process's CPU. */
  readonly cpu: number;
  /** Milliseconds that half of them took at most, and all but one in a hundred. */
  readonly p50: number;
  readonly p99: number;
  /** Kilobytes that were allocated on the heap; only where this process may collect it (`--expose-gc`) and {@link Turns.heap} asks. */
  readonly heap: number;
  /** Times the base's. */
  readonly cpuRatio: number;
  readonly p50Ratio: number;
}

/** What each way costs, run by run. */
export type Costs = Readonly<Record<string, readonly Cost[]>>;

/** Does the `at`th operation of one way. */
export type Operation = (at: number) => Promise<void>;

/** A way to do something. */
export interface Way {
  /** Makes ready for so many operations; it is not measured. */
  readonly prepare?: (operations: number) => Promise<void>;
  readonly operation: Operation;
}

/** How ways are measured. */
export interface Turns {
  /** The way that the others are compared with. */
  readonly base: string;
  readonly runs: number;
  /** Blocks of each way in a run, of which medians are taken. */
  readonly blocks: number;
  /** Operations of a block. */
  readonly operations: number;
  /** Blocks of each way beforehand, until everything is compiled. */
  readonly warmUp: number;
  /** Whether allocations are measured: the heap is collected before each block then. */
  readonly heap?: boolean;
}

/** Measurements of one block. */
interface Block extends Pick<Cost, "cpu" | "p50" | "heap"> {
  readonly times: readonly number[];
}

type Ways = Readonly<Record<string, Operation | Way>>;

/**
 * Ways in short blocks that take turns, every other time backwards. A ratio is that of two blocks of the same turn, and then the median: a machine
 * whose speed changes meanwhile changes both.
 */
export async function measureInTurn(ways: Ways, turns: Turns): Promise<Costs> {
  await takeTurns(ways, turns, turns.warmUp);
  const costs: Record<string, Cost[]> = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let run = 0; run < turns.runs; run++) {
    const taken = await takeTurns(ways, turns, turns.blocks);
    for (const [name, blocks] of taken) costs[name]?.push(compare(blocks, taken.get(turns.base) ?? []));
  }
  return costs;
}

async function takeTurns(
  ways: Ways,
  turns: Turns,
  blocks: number,
): Promise<ReadonlyMap<string, readonly Block[]>> {
  const taken = new Map(Object.keys(ways).map((name) => [name, [] as Block[]]));
  for (let block = 0; block < blocks; block++) {
    const order = Object.entries(ways);
    for (const [name, way] of block % 2 === 0 ? order : order.toReversed()) {
      const { prepare, operation } = typeof way === "function" ? { operation: way } : way;
      await prepare?.(turns.operations);
      taken.get(name)?.push(await measureBlock(operation, block * turns.operations, turns));
    }
  }
  return taken;
}

async function measureBlock(operation: Operation, from: number, turns: Turns): Promise<Block> {
  const iterations = turns.operations;
  const bench = new Bench({ iterations, time: 0, warmup: false, retainSamples: true, throws: true });
  let at = from;
  let cpu = process.cpuUsage();
  let heap = 0;
  bench.add("block", () => operation(at++), {
    // Otherwise it would be done once more, to find out.
    async: true,
    beforeAll: () => {
      if (turns.heap) globalThis.gc?.();
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
  const times = result !== undefined && "latency" in result ? [...(result.latency.samples ?? [])] : [];
  return {
    times,
    p50: median(times),
    cpu: (cpu.user + cpu.system) / iterations,
    heap: heap / iterations / 1_000,
  };
}

function compare(blocks: readonly Block[], base: readonly Block[]): Cost {
  const middle = (figure: "cpu" | "p50" | "heap") => median(blocks.map((block) => block[figure]));
  const ratio = (figure: "cpu" | "p50") =>
    median(blocks.map((block, turn) => block[figure] / (base[turn]?.[figure] ?? Number.NaN)));
  const times = blocks.flatMap((block) => block.times);
  return {
    cpu: middle("cpu"),
    p50: middle("p50"),
    p99: percentile(times, 99),
    heap: middle("heap"),
    cpuRatio: ratio("cpu"),
    p50Ratio: ratio("p50"),
  };
}
