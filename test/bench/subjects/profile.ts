import { Session } from "node:inspector/promises";

/** Where a sample of a profile was: names of its frames, innermost first, with the file of each. */
export interface Sample {
  readonly frames: readonly { readonly functionName: string; readonly url: string }[];
  readonly microseconds: number;
}

/** Microseconds between samples. */
const interval = 100;

/** Takes a CPU profile of this process while `run` runs (Chrome DevTools Protocol, domain Profiler). */
export async function profile(run: () => Promise<void>): Promise<readonly Sample[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval });
  await session.post("Profiler.start");
  await run();
  const { profile: taken } = await session.post("Profiler.stop");
  session.disconnect();
  const nodes = new Map(taken.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    taken.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  return (taken.samples ?? []).map((id, at) => {
    const frames: { functionName: string; url: string }[] = [];
    for (let next: number | undefined = id; next !== undefined; next = parents.get(next)) {
      const { functionName = "", url = "" } = nodes.get(next)?.callFrame ?? {};
      frames.push({ functionName, url });
    }
    return { frames, microseconds: taken.timeDeltas?.[at] ?? 0 };
  });
}
