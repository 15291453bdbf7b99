import fc from "fast-check";
import { beginLife, type Fate, type Fates } from "../../support/fated-calls.ts";
import type { StartOutcome, StartSystem } from "./start-system.ts";

/** What befalls one page: one start of it or two, with one ClientToken or without any. */
export interface Schedule {
  readonly token: boolean;
  /** When the second comes: with the first, after it, or once it is due to be finished by whoever finds it. */
  readonly second: "together" | "after" | "late";
  readonly lives: readonly Fates[];
}

/** What came of one: what its starts were answered. */
export interface PlayedSchedule {
  readonly schedule: Schedule;
  readonly outcomes: readonly StartOutcome[];
}

const fate = fc.constantFrom<Fate>("dies before", "dies after", "fails before", "fails after");

/** Fates of a few of the first calls. */
export const fates: fc.Arbitrary<Fates> = fc
  .array(fc.tuple(fc.nat({ max: 11 }), fate), { maxLength: 3 })
  .map((entries) => new Map(entries));

/** Any schedule. */
export const schedule: fc.Arbitrary<Schedule> = fc.record({
  token: fc.boolean(),
  second: fc.constantFrom<Schedule["second"]>("together", "after", "late"),
  lives: fc.array(fates, { minLength: 1, maxLength: 2 }),
});

/** Plays what comes at first. @returns what came of it, and how to play the late start, if there is one */
export async function play(
  starts: StartSystem,
  { token, second, lives }: Schedule,
): Promise<{ readonly outcomes: readonly StartOutcome[]; playLate(): Promise<readonly StartOutcome[]> }> {
  const members = token ? { ClientToken: crypto.randomUUID() } : {};
  const start = (life: Fates) => starts.start(beginLife(life), members);
  const inTurn = async (turns: readonly Fates[]) => {
    const outcomes: StartOutcome[] = [];
    for (const life of turns) outcomes.push(await start(life));
    return outcomes;
  };
  const late = second === "late" ? lives.slice(1) : [];
  const early = lives.slice(0, lives.length - late.length);
  return {
    outcomes: await (second === "together" ? Promise.all(early.map(start)) : inTurn(early)),
    playLate: () => inTurn(late),
  };
}

/** What is wrong with what its starts were answered. */
export function wrongAnswers({ schedule: { token }, outcomes }: PlayedSchedule): string[] {
  const handles = outcomes.flatMap(({ handle }) => handle ?? []);
  if (token && new Set(handles).size > 1) return ["one ClientToken was answered two chats"];
  return outcomes
    .filter(({ status }) => ![0, 200, 500, 503].includes(status))
    .map(({ status }) => `answered ${status}`);
}
