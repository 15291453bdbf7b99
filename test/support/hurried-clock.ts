import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../lambdas/clock.ts";

/** How many times faster than the machine's clock it runs while somebody sleeps. */
const speed = 10;

/**
 * The clock of one invocation: the time that stands still elsewhere goes on for it while it sleeps, and quickly, so
 * that what waits for others (the relay for a socket) waits for as long as it should without holding up a test.
 */
export class HurriedClock implements Clock {
  readonly #base: Pick<Clock, "now">;
  #slept = 0;

  constructor(base: Pick<Clock, "now">) {
    this.#base = base;
  }

  now = (): number => this.#base.now() + this.#slept;

  sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    await pause(milliseconds / speed, undefined, { signal, ref: false });
    this.#slept += milliseconds;
  };
}
