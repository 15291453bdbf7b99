import type { CrashPoint } from "./crash.ts";
import { Draw } from "./schedule.ts";
import type { PlannedCrash } from "./scheduled-chat.ts";

/** How probably a delivery is struck, by attempt: never the last, after which Lambda gives an event up. */
const probabilities = [0.4, 0.2, 0] as const;

/** Calls of a delivery to three sockets, with some waiting. */
const mostCalls = 9;

/** What strikes deliveries of the schedule of a seed. */
export type CrashPlan = (seed: number) => PlannedCrash;

/** Functions that die, or lose their database, when an item is posted and is to be marked as done. */
export const crashesAtTheMark: CrashPlan = plan((draw) => ({
  call: "store.markDone",
  nth: 0,
  fate: draw.oneOf(["before", "before", "after", "fails", "lost"]),
}));

/** Functions that die before or after any call they make, or for which any one call fails. */
export const crashesAnywhere: CrashPlan = plan((draw) => ({
  nth: draw.below(mostCalls),
  fate: draw.oneOf(["before", "after", "fails", "lost"]),
}));

/** Drawn anew for each attempt, so that nothing depends on which comes first. */
function plan(pointOf: (draw: Draw) => CrashPoint): CrashPlan {
  return (seed) =>
    ({ id }, arrival, attempt) => {
      const index = Number(id.slice(id.indexOf("-") + 1));
      const draw = new Draw(((seed * 16 + index) * 2 + arrival) * 3 + attempt);
      return draw.chance(probabilities[attempt] ?? 0) ? pointOf(draw) : undefined;
    };
}
