import { setTimeout as sleep } from "node:timers/promises";

/** Time as the functions see it, injected so that tests can live through a seven-day chat without waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it aborts first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};

/** A time in milliseconds as the Participant Service writes it: ISO 8601, UTC, three decimals. */
export function toIsoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
