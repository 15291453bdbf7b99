import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dueAfterMs } from "../../lambdas/start/start-record.ts";
import { beginLife, type Fate } from "../support/fated-calls.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { createStartSystem, type StartSystem } from "./support/start-system.ts";

/** How many calls later the second fault is met: more than undoing a start makes. */
const distances = [1, 2, 3, 4];

const kinds: readonly Fate[] = ["dies before", "dies after", "fails before", "fails after"];

/** The first at call `at`, which the start lives to see, the second while it is undone. */
function twoFaults(at: number): ReadonlyMap<number, Fate>[] {
  return (["fails before", "fails after"] as const).flatMap((first) =>
    kinds.flatMap((second) =>
      distances.map((distance) => new Map<number, Fate>([[at, first]]).set(at + distance, second)),
    ),
  );
}

describe.each([
  { mode: "relay", calls: [2, 3, 4, 5] },
  { mode: "direct", calls: [2, 3, 4] },
])("in the mode $mode, a start that met two faults and is repeated before the reaper comes", ({
  mode,
  calls,
}) => {
  let system: TestSystem;
  let starts: StartSystem;

  beforeAll(async () => {
    system = await startTestSystem({ REAL_TIME: mode });
    starts = createStartSystem(system);
  });

  // The limit of a moment ago would take a second call.
  beforeEach(() => system.advance(1_000));

  afterAll(() => system.close());

  it.each(calls)("the first at call %i, is answered a chat that lives, or none", async (at) => {
    const from = starts.started.length;
    const pages = twoFaults(at).map((fates) => ({ fates, members: { ClientToken: crypto.randomUUID() } }));
    await Promise.all(pages.map(({ fates, members }) => starts.start(beginLife(fates), members)));
    await system.advance(dueAfterMs);
    const answers = await Promise.all(pages.map(({ members }) => starts.start(undefined, members)));
    const ids = answers.flatMap(({ contactId }) => contactId ?? []);
    const dead = (await system.simulator.contacts())
      .filter(({ Status }) => Status === "ENDED")
      .map(({ ContactId }) => ContactId);

    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id) => dead.includes(id))).toEqual([]);
    expect(await starts.wrongAmong(ids)).toEqual([]);
    await starts.reap();
    expect(await starts.wrongAmong(starts.started.slice(from))).toEqual([]);
  });
});
