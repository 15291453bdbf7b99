import type { Clock } from "../../lambdas/clock.ts";

/** A clock that stands still until it is moved. Sleeping takes no time; how long was asked for is kept. */
export class FakeClock implements Clock {
  #now: number;
  /** Every requested sleep, in milliseconds. */
  readonly slept: number[] = [];

  constructor(start = Date.parse("2026-01-05T09:00:00.000Z")) {
    this.#now = start;
  }

  now = (): number => this.#now;

  /** Moves on by `milliseconds`. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    this.slept.push(milliseconds);
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  };
}
