import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dueAfterMs, repeatedForMs } from "../../lambdas/start/start-record.ts";
import { beginLife, type Fates } from "../support/fated-calls.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import {
  fates,
  type PlayedSchedule,
  play,
  type Schedule,
  schedule,
  wrongAnswers,
} from "./support/schedule.ts";
import { createStartSystem, type StartSystem } from "./support/start-system.ts";

/** Schedules that are played at a time, and how many times. */
const together = 25;
const rounds = 20;

const seed = Number(process.env["SCHEDULE_SEED"] ?? 20_260_105);

describe.each(["relay", "direct"])("in the mode %s, a start", (mode) => {
  let system: TestSystem;
  let starts: StartSystem;

  beforeAll(async () => {
    system = await startTestSystem({ REAL_TIME: mode });
    starts = createStartSystem(system);
  });

  afterAll(() => system.close());

  /** The reaper comes every minute; the first times it has fates of its own. */
  async function reapUntilAtRest(reapers: readonly Fates[]): Promise<void> {
    for (const life of reapers) {
      await starts.reap(beginLife(life)).catch(() => undefined);
      await system.advance(60_000);
    }
    await starts.reap();
  }

  async function playAll(schedules: readonly Schedule[]): Promise<PlayedSchedule[]> {
    const begun = await Promise.all(
      schedules.map(async (each) => ({ schedule: each, ...(await play(starts, each)) })),
    );
    await system.advance(dueAfterMs);
    return Promise.all(
      begun.map(async ({ schedule: each, outcomes, playLate }) => ({
        schedule: each,
        outcomes: [...outcomes, ...(await playLate())],
      })),
    );
  }

  /** What is wrong once everything is at rest, and once no start can be repeated any more. */
  async function playRound(schedules: readonly Schedule[], reapers: readonly Fates[]): Promise<string[]> {
    const from = starts.started.length;
    const played = await playAll(schedules);
    await system.advance(dueAfterMs);
    await reapUntilAtRest(reapers);
    const contactIds = starts.started.slice(from);
    const answered = played.flatMap(({ outcomes }) => outcomes.flatMap(({ contactId }) => contactId ?? []));
    const dead = await Promise.all(
      answered.map(async (id) => ((await system.readSession(id))?.st === "a" ? [] : [`${id} is dead`])),
    );
    const open = (await starts.records()).filter(({ due }) => due !== undefined);
    const wrong = [
      ...played.flatMap(wrongAnswers),
      ...(await starts.wrongAmong(contactIds)),
      ...dead.flat(),
      ...open.map(({ pk }) => `${pk} is left`),
    ];
    await system.advance(repeatedForMs);
    await starts.reap();
    return [...wrong, ...(await starts.records()).map(({ pk }) => `${pk} outlived its time`)];
  }

  it("leaves, after any crashes and faults, each recorded contact with its session or stopped, no session without its contact, and no record", async () => {
    const startedAt = Date.now();
    const round = fc.tuple(
      fc.array(schedule, { minLength: together, maxLength: together }),
      fc.array(fates, { maxLength: 2 }),
    );
    await fc.assert(
      fc.asyncProperty(round, async ([schedules, reapers]) => {
        expect(await playRound(schedules, reapers)).toEqual([]);
      }),
      { seed, numRuns: rounds, endOnFailure: true },
    );
    const figures = `${rounds * together} schedules, ${starts.started.length} contacts, ${starts.recorded.size} recorded`;
    process.stdout.write(
      `starts in ${mode}: ${figures}, in ${((Date.now() - startedAt) / 1_000).toFixed(0)} s\n`,
    );
  }, 120_000);
});
