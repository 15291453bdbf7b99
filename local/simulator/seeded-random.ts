/**
 * Random numbers that are the same for the same seed (mulberry32), so that what a fault befell can be repeated:
 * planned faults of calls, and faults of message streaming, each with numbers of its own.
 */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Begins again, with this seed. */
  restart(seed: number): void {
    this.#state = seed >>> 0;
  }

  /** The next number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Whether something of this probability (0..1) happens. Uses up one number, whatever the probability. */
  happens(probability: number): boolean {
    return this.next() < probability;
  }
}
