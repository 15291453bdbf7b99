import { type Answer, answered, undecided } from "./question.ts";

/** Windows that a service may have chosen, in seconds: people choose round ones. */
const likelyWindows = [5, 10, 15, 30, 45, 60, 90, 120, 180, 240, 300, 600, 900, 1800, 3600];

/** What was seen of a window of time: still open after `openAfterMs`, shut after `shutAfterMs` (milliseconds). */
export interface SeenWindow {
  /** Undefined where it never was open. */
  readonly openAfterMs: number | undefined;
  /** Undefined where it never was seen shut. */
  readonly shutAfterMs: number | undefined;
}

/**
 * When to look whether a window is still open, in milliseconds after its beginning: just before and just after each
 * likely length, and at the end of the patience.
 */
export function timesToLook(patienceMs: number): readonly number[] {
  const times = likelyWindows.flatMap((seconds) => [
    seconds * 1000 - marginMs(seconds),
    seconds * 1000 + marginMs(seconds),
  ]);
  return [...times.filter((time) => time < patienceMs), patienceMs];
}

/** A length and its tolerance in milliseconds: what calls over a network can tell apart. */
function marginMs(seconds: number): number {
  return Math.max(1_000, seconds * 20);
}

/**
 * The answer of a question for a window's length in seconds: the one likely length that fits what was seen, else what
 * it lies between, else that the patience was too short.
 *
 * @param rest what follows from a length in seconds; of two bounds it gets the lower one, which is safe to rely on
 */
export function describeWindow(
  { openAfterMs, shutAfterMs }: SeenWindow,
  patienceMs: number,
  evidence: string,
  rest: (seconds: number) => Pick<Answer, "recommendation" | "switches">,
): Answer {
  if (shutAfterMs === undefined) {
    const known = `at least ${inSeconds(openAfterMs ?? 0)}`;
    return undecided(`not decided within ${inMinutes(patienceMs)}; ${known}`, evidence);
  }
  if (openAfterMs === undefined) return answered(0, evidence, rest(0));
  const fitting = likelyWindows.filter(
    (seconds) => openAfterMs < seconds * 1000 && seconds * 1000 <= shutAfterMs,
  );
  const [seconds] = fitting;
  const isTight =
    seconds !== undefined && fitting.length === 1 && shutAfterMs - openAfterMs <= 3 * marginMs(seconds);
  return isTight
    ? answered(seconds, evidence, rest(seconds))
    : answered(
        `at least ${inSeconds(openAfterMs)}, at most ${inSeconds(shutAfterMs)}`,
        evidence,
        rest(Math.floor(openAfterMs / 1000)),
      );
}

/** "61.2 seconds". */
export function inSeconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} seconds`;
}

/** "2 minutes". */
export function inMinutes(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 600) / 100;
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
