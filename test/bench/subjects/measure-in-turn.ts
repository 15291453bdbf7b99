import { Bench } from "tinybench";
import { median, percentile } from "../statistics.ts";

/** What one operation of a way costs in one run. */
export interface Cost {
  /** Microseconds of this process's CPU. */
  readonly cpu: number;
  /** Milliseconds that half of them took at most, and all but one in a hundred. */
  readonly p50: number;
  readonly p99: number;
  /** Kilobytes that were allocated on the heap, where {@link Turns.heapBlocks} asks. */
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
  /**
   * Blocks of each way afterwards, of which allocations are measured (with `--expose-gc`, and new space enough for a
   * block). Apart, because what the collection before each of them leaves to be done costs as much as the operations.
   */
  readonly heapBlocks?: number;
}

/** Measurements of one block. */
interface Block extends Pick<Cost, "cpu" | "p50"> {
  readonly times: readonly number[];
}

type Ways = ReadonlyMap<string, Way>;

/**
 * Ways in short blocks that take turns, every other time backwards. A ratio is that of two blocks of the same turn,
 * and then the median: a machine whose speed changes meanwhile changes both.
 */
export async function measureInTurn(
  given: Readonly<Record<string, Operation | Way>>,
  turns: Turns,
): Promise<Costs> {
  const ways: Ways = new Map(
    Object.entries(given).map(([name, way]) => [name, typeof way === "function" ? { operation: way } : way]),
  );
  await takeTurns(ways, turns, turns.warmUp);
  const costs: Record<string, Cost[]> = Object.fromEntries([...ways.keys()].map((name) => [name, []]));
  for (let run = 0; run < turns.runs; run++) {
    const taken = await takeTurns(ways, turns, turns.blocks);
    for (const [name, way] of ways) {
      const heap = await allocationsOf(way, turns);
      costs[name]?.push({ ...compare(taken.get(name) ?? [], taken.get(turns.base) ?? []), heap });
    }
  }
  return costs;
}

async function takeTurns(
  ways: Ways,
  turns: Turns,
  blocks: number,
): Promise<ReadonlyMap<string, readonly Block[]>> {
  const taken = new Map([...ways.keys()].map((name) => [name, [] as Block[]]));
  for (let block = 0; block < blocks; block++) {
    const order = [...ways];
    for (const [name, way] of block % 2 === 0 ? order : order.toReversed()) {
      taken.get(name)?.push(await measureBlock(way, block * turns.operations, turns.operations));
    }
  }
  return taken;
}

async function measureBlock({ prepare, operation }: Way, from: number, iterations: number): Promise<Block> {
  await prepare?.(iterations);
  const bench = new Bench({ iterations, time: 0, warmup: false, retainSamples: true, throws: true });
  let at = from;
  let cpu = process.cpuUsage();
  bench.add("block", () => operation(at++), {
    // Otherwise it would be done once more, to find out.
    async: true,
    beforeAll: () => {
      cpu = process.cpuUsage();
    },
    afterAll: () => {
      cpu = process.cpuUsage(cpu);
    },
  });
  await bench.run();
  const result = bench.tasks[0]?.result;
  const times = result !== undefined && "latency" in result ? [...(result.latency.samples ?? [])] : [];
  return { times, p50: median(times), cpu: (cpu.user + cpu.system) / iterations };
}

async function allocationsOf(
  { prepare, operation }: Way,
  { heapBlocks = 0, operations }: Turns,
): Promise<number> {
  const allocated: number[] = [];
  for (let block = 0; block < heapBlocks; block++) {
    await prepare?.(operations);
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let at = 0; at < operations; at++) await operation(at);
    allocated.push((process.memoryUsage().heapUsed - before) / operations / 1_000);
  }
  return median(allocated);
}

function compare(blocks: readonly Block[], base: readonly Block[]): Omit<Cost, "heap"> {
  const middle = (figure: "cpu" | "p50") => median(blocks.map((block) => block[figure]));
  const ratio = (figure: "cpu" | "p50") =>
    median(blocks.map((block, turn) => block[figure] / (base[turn]?.[figure] ?? Number.NaN)));
  const times = blocks.flatMap((block) => block.times);
  return {
    cpu: middle("cpu"),
    p50: middle("p50"),
    p99: percentile(times, 99),
    cpuRatio: ratio("cpu"),
    p50Ratio: ratio("p50"),
  };
}
