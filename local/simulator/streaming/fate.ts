import type { SeededRandom } from "../seeded-random.ts";
import type { StreamSwitches } from "./stream-switches.ts";

/** What will befall one notification. */
export type Fate = {
  dropped: boolean;
  /** Whether it lets the next one of its stream go first. */
  swapped: boolean;
  /** How late each copy is, in whole milliseconds: one copy, or two. */
  delaysMs: readonly number[];
};

/**
 * Draws the fate of one notification. It takes five numbers whatever the switches say, so that turning one fault on
 * does not change whom the others befall.
 */
export function drawFate(
  chances: SeededRandom,
  { streamDrop, streamDuplicates, streamReorder, streamDelayMs }: StreamSwitches,
): Fate {
  function drawDelay(): number {
    return Math.floor(chances.next() * (streamDelayMs + 1));
  }

  const dropped = chances.happens(streamDrop);
  const doubled = chances.happens(streamDuplicates);
  const swapped = chances.happens(streamReorder);
  const delayMs = drawDelay();
  const secondDelayMs = drawDelay();
  return { dropped, swapped, delaysMs: doubled ? [delayMs, secondDelayMs] : [delayMs] };
}
