import type { Clock } from "../../lambdas/clock.ts";

/**
 * A clock whose sleepers wake when it is moved past their time: waiting takes as long as it should, on a clock that
 * tests move.
 */
export class SteppedClock implements Clock {
  readonly #base: Pick<Clock, "now">;
  readonly #sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();

  constructor(base: Pick<Clock, "now">) {
    this.#base = base;
  }

  now = (): number => this.#base.now();

  /** How many sleep. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        this.#sleepers.delete(sleeper);
        settle();
      };
      const sleeper = { until: this.now() + milliseconds, wake: () => end(resolve) };
      this.#sleepers.add(sleeper);
      signal.addEventListener("abort", () => end(() => reject(signal.reason)), { once: true });
    });

  /** Wakes those whose time has come. */
  wake(): void {
    for (const { until, wake } of [...this.#sleepers]) if (until <= this.now()) wake();
  }
}
