import { setTimeout as pause } from "node:timers/promises";
import { FakeClock } from "./fake-clock.ts";

/** The machine's clock in the place of one that stands still: for tests of how slow an answer really is. */
export class RunningClock extends FakeClock {
  override now = (): number => Date.now();

  override sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    this.slept.push(milliseconds);
    await pause(milliseconds, undefined, { signal });
  };
}
