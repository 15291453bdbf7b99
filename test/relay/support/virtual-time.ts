import type { Clock } from "../../../lambdas/clock.ts";

interface Due {
  readonly at: number;
  readonly act: () => void;
}

/**
 * A time of its own for one random schedule: it moves on to the next thing that is due only when everything
 * that was begun has ended or sleeps, so how long the machine takes for a database call decides nothing.
 * Things due at one instant happen together.
 */
export class VirtualTime implements Clock {
  #now: number;
  readonly #due = new Set<Due>();
  /** Tasks that neither ended nor sleep. */
  #awake = 0;
  #allAsleep = Promise.withResolvers<void>();
  #failure: unknown;

  constructor(start = Date.parse("2026-01-05T09:00:00.000Z")) {
    this.#now = start;
  }

  now = (): number => this.#now;

  /** For tasks begun by {@link begin} or {@link plan}, which may do nothing else meanwhile. */
  sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const wake = (settle: () => void) => {
      cancel();
      signal.removeEventListener("abort", abort);
      this.#stir();
      settle();
    };
    const abort = () => wake(() => reject(signal.reason));
    const cancel = this.#at(this.#now + milliseconds, () => wake(resolve));
    signal.addEventListener("abort", abort);
    this.#rest();
    return promise;
  };

  /** Lets a task begin at an instant, in milliseconds since the epoch. */
  plan(at: number, task: () => Promise<unknown>): void {
    this.#at(at, () => this.begin(task));
  }

  /** Begins a task now. One that fails fails the whole run. */
  begin(task: () => Promise<unknown>): void {
    this.#stir();
    task()
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#rest());
  }

  /** A signal that aborts in `milliseconds`, unless it is cancelled. */
  timeout(milliseconds: number): { readonly signal: AbortSignal; cancel(): void } {
    const controller = new AbortController();
    const cancel = this.#at(this.#now + milliseconds, () => controller.abort());
    return { signal: controller.signal, cancel };
  }

  /** Runs until nothing is left to happen. @throws what a task threw */
  async run(): Promise<void> {
    for (;;) {
      while (this.#awake > 0) await this.#allAsleep.promise;
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#due.size === 0) return;
      this.#moveOn();
    }
  }

  #moveOn(): void {
    this.#now = Math.min(...[...this.#due].map(({ at }) => at));
    for (const due of [...this.#due]) {
      if (due.at > this.#now || !this.#due.delete(due)) continue;
      due.act();
    }
  }

  #at(at: number, act: () => void): () => void {
    const due = { at: Math.max(at, this.#now), act };
    this.#due.add(due);
    return () => this.#due.delete(due);
  }

  #stir(): void {
    if (this.#awake === 0) this.#allAsleep = Promise.withResolvers();
    this.#awake += 1;
  }

  #rest(): void {
    this.#awake -= 1;
    if (this.#awake < 0) throw new Error("a task sleeps twice at once");
    if (this.#awake === 0) this.#allAsleep.resolve();
  }
}
