import type { Clock } from "./clock.ts";
import type { Switches } from "./switches.ts";

/**
 * The first answers to calls that carried a ClientToken, so that a repeat answers the same and does nothing.
 * The window is a switch: AWS documents the effect and not its duration. Refusals are not remembered.
 */
export class IdempotencyMemory {
  readonly #clock: Clock;
  readonly #switches: Switches;
  readonly #answers = new Map<string, { at: number; answer: object }>();

  constructor(clock: Clock, switches: Switches) {
    this.#clock = clock;
    this.#switches = switches;
  }

  /** The first answer within the window, or undefined. The key names scope, operation and ClientToken. */
  recall(key: string): object | undefined {
    const known = this.#answers.get(key);
    return known && this.#isFresh(known.at) ? known.answer : undefined;
  }

  /** Keeps an answer, and forgets those whose window has passed. */
  remember(key: string, answer: object): void {
    for (const [old, { at }] of this.#answers) {
      if (this.#isFresh(at)) break;
      this.#answers.delete(old);
    }
    this.#answers.delete(key);
    this.#answers.set(key, { at: this.#clock.now(), answer });
  }

  #isFresh(at: number): boolean {
    return this.#clock.now() - at < this.#switches.idempotencySeconds * 1000;
  }
}
