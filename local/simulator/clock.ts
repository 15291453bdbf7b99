/** A source of the current time, so that nothing here reads the system clock by itself. */
export type Clock = {
  /** The current time in milliseconds since the epoch. */
  now(): number;
};

/**
 * The simulator's own clock: another clock plus an offset that `PUT /_sim/clock` moves.
 * Every lifetime and every rule in the simulator is measured with it.
 */
export class SimulatorClock implements Clock {
  readonly #base: Clock;
  #offsetMs = 0;

  constructor(base: Clock) {
    this.#base = base;
  }

  /** The current simulated time in milliseconds since the epoch. */
  now(): number {
    return this.#base.now() + this.#offsetMs;
  }

  /** How far this clock runs ahead of the one it was given, in seconds. */
  get offsetSeconds(): number {
    return this.#offsetMs / 1000;
  }

  /** Sets (not adds) the offset, in seconds. */
  moveTo(offsetSeconds: number): void {
    this.#offsetMs = offsetSeconds * 1000;
  }
}

/** Writes a time as Amazon Connect does: ISO 8601, UTC, milliseconds. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString();
}
