import { expect, it } from "vitest";
import { SeededRandom } from "../../../local/simulator/seeded-random.ts";

it("gives the same numbers for the same seed, after a restart too", () => {
  const random = new SeededRandom(5);
  const first = Array.from({ length: 50 }, () => random.next());
  random.restart(5);
  expect(Array.from({ length: 50 }, () => random.next())).toEqual(first);
  expect(first.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new SeededRandom(6).next()).not.toBe(first[0]);
});

it("lets happen what is certain, and never what is impossible", () => {
  const random = new SeededRandom(5);
  for (let count = 0; count < 50; count++) {
    expect([random.happens(1), random.happens(0)]).toEqual([true, false]);
  }
});
