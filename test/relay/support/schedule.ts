import { SeededRandom } from "../../../local/simulator/seeded-random.ts";

/** A socket of a chat: when it is opened and when it subscribes, in milliseconds since the chat began. */
export interface PlannedSocket {
  readonly opensAt: number;
  readonly subscribesAt: number;
}

/** An item of a chat. The last one is its end. */
export interface PlannedItem {
  readonly id: string;
  readonly publishedAt: number;
  readonly isEnd: boolean;
  /** When its notifications reach the function, in milliseconds since the chat began; two if repeated. */
  readonly arrivals: readonly number[];
}

/** What happens to one chat. The same seed draws the same. */
export interface Schedule {
  readonly seed: number;
  readonly sockets: readonly PlannedSocket[];
  readonly items: readonly PlannedItem[];
}

/** What {@link drawSchedule} may be told. */
export interface ScheduleOptions {
  /** Longest time between the last item and the end of the chat, and the least, in milliseconds. */
  readonly endsAfter?: readonly [least: number, most: number];
}

/** Times are multiples of this, in milliseconds, so that some things happen at the same instant. */
const grainMs = 10;

/** How late a notification may be, in milliseconds. */
const mostDelayMs = 1_500;

/** Draws a chat of four to eight items and one to three sockets, the first of which may come after items. */
export function drawSchedule(seed: number, { endsAfter = [0, 500] }: ScheduleOptions = {}): Schedule {
  const random = new Draw(seed);
  const beginsUnheard = random.chance(0.35);
  const sockets = Array.from({ length: random.oneOf([1, 1, 1, 2, 2, 3]) }, (_, index) => {
    const latest = index === 0 && !beginsUnheard ? 0 : 4_500;
    const opensAt = random.time(0, latest);
    return { opensAt, subscribesAt: random.time(opensAt, latest) };
  });
  const published = Array.from({ length: random.oneOf([3, 4, 5, 6, 7]) }, () => random.time(0, 5_000));
  const last = Math.max(...published);
  const end = random.time(last + endsAfter[0], last + endsAfter[1]);
  const items = [...published.sort((one, other) => one - other), end].map((publishedAt, index, all) => ({
    id: `${seed}-${index}`,
    publishedAt,
    isEnd: index === all.length - 1,
    arrivals: Array.from({ length: random.chance(0.3) ? 2 : 1 }, () =>
      random.time(publishedAt, publishedAt + mostDelayMs),
    ),
  }));
  return { seed, sockets, items };
}

/** Draws from a seed. */
export class Draw {
  readonly #random: SeededRandom;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  chance(probability: number): boolean {
    return this.#random.happens(probability);
  }

  /** A time from `least` to `most`, both included. */
  time(least: number, most: number): number {
    return least + this.below((most - least) / grainMs + 1) * grainMs;
  }

  below(limit: number): number {
    return Math.floor(this.#random.next() * limit);
  }

  oneOf<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }
}
