const taken: string[] = [];
const startedAt = performance.now();

/** Does the work of a phase, and notes how long it took. */
export async function phase<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const from = performance.now();
  const result = await work();
  taken.push(`${name} ${seconds(from)}`);
  return result;
}

/** Prints how long each phase took, and all of them with what was between. */
export function printPhases(): void {
  process.stdout.write(`deployment test: ${taken.join(", ")}; ${seconds(startedAt)} in all\n`);
}

function seconds(from: number): string {
  return `${((performance.now() - from) / 1_000).toFixed(1)} s`;
}
