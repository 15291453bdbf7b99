import type { ApiAnswer } from "./chat.ts";
import { createDirectFunctions, type EventParts } from "./direct-functions.ts";
import { SteppedClock } from "./stepped-clock.ts";
import type { TestSettings, TestSystem } from "./test-system.ts";

type Container = ReturnType<typeof createDirectFunctions>;

/**
 * As many containers as there are requests at a time, as Lambda has it: each serves one, and knows nothing of the
 * others.
 */
export class Fleet {
  readonly #system: TestSystem;
  readonly #settings: TestSettings;
  readonly #clock: SteppedClock;
  readonly #idle: Container[] = [];
  #containers = 0;
  #underWay = 0;

  constructor(system: TestSystem, settings: TestSettings = {}) {
    this.#system = system;
    this.#settings = settings;
    this.#clock = new SteppedClock(system.clock);
  }

  /** How many there are by now. */
  get containers(): number {
    return this.#containers;
  }

  invoke = async (event: EventParts): Promise<ApiAnswer> => {
    const container = this.#idle.pop() ?? this.#start();
    this.#underWay++;
    try {
      return await container(event);
    } finally {
      this.#underWay--;
      this.#idle.push(container);
    }
  };

  /**
   * Moves the time on, by milliseconds, and lets happen what then happens: until each request is answered, or waits
   * for more time.
   */
  async advance(milliseconds: number): Promise<void> {
    await this.#system.advance(milliseconds);
    this.#clock.wake();
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#underWay > this.#clock.sleeping);
  }

  #start(): Container {
    this.#containers++;
    return createDirectFunctions({ clock: this.#clock, logs: this.#system.logs }, this.#settings);
  }
}
