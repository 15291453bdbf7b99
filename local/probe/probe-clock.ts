import { setTimeout as sleep } from "node:timers/promises";

/** Time as the probe sees it, injected so that a test can live through windows of minutes without waiting. */
export interface ProbeClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it aborts first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const machineClock: ProbeClock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};
