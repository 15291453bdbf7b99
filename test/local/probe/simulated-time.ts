import type { ProbeClock } from "../../../local/probe/probe-clock.ts";

/** Time of the probe and of the simulator it probes: sleeping takes none, and whatever falls due meanwhile happens. */
export class SimulatedTime implements ProbeClock {
  #now = Date.parse("2026-01-05T09:00:00.000Z");
  /** The simulator that lives in this time. */
  simulatorUrl = "";

  now = (): number => this.#now;

  sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    this.#now += milliseconds;
    await fetch(`${this.simulatorUrl}/_sim/clock`);
    signal.throwIfAborted();
  };
}
