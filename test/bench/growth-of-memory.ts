import type { MeasureGrowth } from "./growth-part.ts";
import { runSubject } from "./run-subject.ts";
import { rounded } from "./statistics.ts";

/** Megabytes of heap in use after each quarter. */
type Quarters = readonly number[];

/** Messages in an hour at Connect's default quota, ten a second. */
const quotaAnHour = 36_000;

/**
 * The heap of the chat function by messages served: all of a hundred sessions, and each of another. Not repeated: it
 * is the same every time.
 */
export const growthOfMemory: MeasureGrowth = async ({ short }) => {
  const requests = short ? 16_000 : 100_000;
  const requestsOfEach = short ? [1] : [requests / 100, 1];
  const served = `${requests.toLocaleString("en")} messages`;
  const rows: Record<string, Record<string, number>> = {};
  const raw: Record<string, Quarters> = {};
  for (const each of requestsOfEach) {
    const heap = await runSubject<Quarters>("memory-once", String(requests), String(each));
    const name = `${(requests / each).toLocaleString("en")} sessions`;
    raw[`heap with ${name}, MB`] = heap;
    rows[name] = {
      ...Object.fromEntries(heap.map((megabytes, at) => [`after ${at + 1}/4, MB`, rounded(megabytes)])),
      "4/4 x 1/4": growthOf(heap),
    };
  }
  const most = Math.max(...Object.values(raw).map(growthOf));
  const claim = "heap after all messages x after a quarter of them";
  return {
    meaning:
      `The chat function holds no more after ${served} (${(requests / quotaAnHour).toFixed(1)} hours of Connect's quota) than after a quarter of them, ` +
      "even where each is of another chat: what it remembers of chats ends at ten thousand of them.",
    tables: [{ title: `Heap in use, collected, over ${served}`, rows }],
    bounds: [{ claim, measured: most, most: 1.1 }],
    kept: { [claim]: { value: most, margin: 1.1 } },
    raw,
  };
};

function growthOf(heap: Quarters): number {
  return rounded((heap.at(-1) ?? Number.NaN) / (heap[0] ?? Number.NaN));
}
