import { setTimeout as sleep } from "node:timers/promises";

/** Time as the gateway sees it, so that a test can let a timeout pass without waiting for it. */
export interface GatewayClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `milliseconds`; rejects when `signal` aborts first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The machine's clock. Its timers keep no process alive. */
export const machineClock: GatewayClock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal, ref: false }),
};
