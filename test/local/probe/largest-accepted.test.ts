import { expect, it } from "vitest";
import { largestAccepted } from "../../../local/probe/largest-accepted.ts";

it.each([
  0, 1, 2, 9, 10, 11, 12, 19, 20, 21, 57, 98, 99, 100,
])("finds the limit %i of at most 100", async (limit) => {
  expect(await largestAccepted([20, 10], 100, async (size) => size <= limit)).toBe(limit);
});

it("takes four tries for a likely limit", async () => {
  const tried: number[] = [];
  await largestAccepted([10, 20], 100, async (size) => {
    tried.push(size);
    return size <= 20;
  });
  expect(tried).toEqual([100, 10, 20, 21]);
});
