import type { Clock } from "./clock.ts";

type Entry = { at: number; run: () => void };

/** Longest wait, in milliseconds, between two looks at the clock: it may be moved without our knowing. */
const longestWaitMs = 1000;

/**
 * What will happen later: the five-minute rule, the end of a chat's duration, scans, the scripted agent.
 * Everything due happens in order whenever somebody looks (`settle`, before each request and after the clock
 * moved), and in real time through one timer that never keeps the process alive.
 */
export class Timeline {
  readonly #clock: Clock;
  readonly #entries: Entry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Plans `run` for the moment `delayMs` milliseconds from now; equal moments keep their order. */
  after(delayMs: number, run: () => void): void {
    const at = this.#clock.now() + delayMs;
    this.#entries.splice(this.#positionAfter(at), 0, { at, run });
    this.#arm();
  }

  /** Lets everything happen that is due by now. */
  settle(): void {
    for (let next = this.#entries[0]; next && next.at <= this.#clock.now(); next = this.#entries[0]) {
      this.#entries.shift();
      next.run();
    }
    this.#arm();
  }

  /** Forgets all plans and stops the timer. */
  close(): void {
    this.#closed = true;
    this.#entries.length = 0;
    clearTimeout(this.#timer);
  }

  #positionAfter(at: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#entries[0];
    if (!next || this.#closed) return;
    const wait = Math.min(Math.max(next.at - this.#clock.now(), 0), longestWaitMs);
    this.#timer = setTimeout(() => this.settle(), wait).unref();
  }
}
