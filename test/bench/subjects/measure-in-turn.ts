import { median } from "../statistics.ts";

/** What one operation of a way costs in one run. */
export interface Cost {
  /** Microseconds of this process's CPU. */
  readonly cpu: number;
  /** Milliseconds that half of them took at most. */
  readonly p50: number;
  /** Times the base's. */
  readonly cpuRatio: number;
  readonly p50Ratio: number;
}

/** What each way costs, run by run. */
export type Costs = Readonly<Record<string, readonly Cost[]>>;

/** Does the `at`th operation of one way. */
export type Operation = (at: number) => Promise<void>;

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
}

type Block = Pick<Cost, "cpu" | "p50">;
type Ways = Readonly<Record<string, Operation>>;

/**
 * Ways in short blocks that take turns, every other time backwards. A ratio is that of two blocks of the same turn, and then the median: a machine
 * whose speed changes meanwhile changes both.
 */
export async function measureInTurn(ways: Ways, turns: Turns): Promise<Costs> {
  await takeTurns(ways, turns.warmUp, turns.operations);
  const costs: Record<string, Cost[]> = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let run = 0; run < turns.runs; run++) {
    const taken = await takeTurns(ways, turns.blocks, turns.operations);
    for (const [name, blocks] of taken) costs[name]?.push(compare(blocks, taken.get(turns.base) ?? []));
  }
  return costs;
}

async function takeTurns(
  ways: Ways,
  blocks: number,
  operations: number,
): Promise<ReadonlyMap<string, readonly Block[]>> {
  const taken = new Map(Object.keys(ways).map((name) => [name, [] as Block[]]));
  for (let block = 0; block < blocks; block++) {
    const order = Object.entries(ways);
    for (const [name, operation] of block % 2 === 0 ? order : order.toReversed()) {
      taken.get(name)?.push(await measureBlock(operation, block * operations, operations));
    }
  }
  return taken;
}

async function measureBlock(operation: Operation, from: number, operations: number): Promise<Block> {
  const times: number[] = [];
  const started = process.cpuUsage();
  for (let at = from; at < from + operations; at++) {
    const startedAt = performance.now();
    await operation(at);
    times.push(performance.now() - startedAt);
  }
  const { user, system } = process.cpuUsage(started);
  return { cpu: (user + system) / operations, p50: median(times) };
}

function compare(blocks: readonly Block[], base: readonly Block[]): Cost {
  const middle = (figure: keyof Block) => median(blocks.map((block) => block[figure]));
  const ratio = (figure: keyof Block) =>
    median(blocks.map((block, turn) => block[figure] / (base[turn]?.[figure] ?? Number.NaN)));
  return { cpu: middle("cpu"), p50: middle("p50"), cpuRatio: ratio("cpu"), p50Ratio: ratio("p50") };
}
