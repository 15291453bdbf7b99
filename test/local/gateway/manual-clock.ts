import type { GatewayClock } from "../../../local/gateway/clock.ts";

/** A clock that stands still until it is moved; whoever sleeps wakes only then. */
export class ManualClock implements GatewayClock {
  #now = Date.UTC(2026, 3, 9, 12, 34, 56, 789);
  readonly #sleepers = new Set<{ at: number; wake: () => void }>();

  now = (): number => this.#now;

  sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sleeper = { at: this.#now + milliseconds, wake: resolve };
      this.#sleepers.add(sleeper);
      signal.addEventListener("abort", () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason);
      });
    });

  /** How long each sleeper has still to sleep, in milliseconds, the shortest first. */
  get pending(): number[] {
    return [...this.#sleepers].map(({ at }) => at - this.#now).sort((one, other) => one - other);
  }

  /** Moves on, wakes whoever is due, and lets them run. */
  async advance(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    for (const sleeper of this.#sleepers) {
      if (sleeper.at <= this.#now) {
        this.#sleepers.delete(sleeper);
        sleeper.wake();
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
