import type { Limit } from "./limits.ts";

/**
 * The generic cell rate algorithm (ITU-T I.371, virtual scheduling form) over one stored number: the theoretical
 * arrival time (`tat`, milliseconds since the epoch) of the next conforming request. It only ever grows.
 */

/** How a request conforms: its cell lies `idle`, or it draws on the `burst`. Each has a condition DynamoDB can check. */
export type Conformance = "idle" | "burst";

/** How far ahead of now `tat` may lie for a request still to conform, in milliseconds. */
export function burstTolerance(limit: Limit): number {
  return limit.intervalMs * (limit.burst - 1);
}

/** How a request arriving at `now` conforms (`tat` 0: the first ever), or undefined when it does not. */
export function conformance(limit: Limit, tat: number, now: number): Conformance | undefined {
  if (tat <= now) return "idle";
  return tat <= now + burstTolerance(limit) ? "burst" : undefined;
}

/** Milliseconds from `now` until a request conforms again. */
export function timeToConform(limit: Limit, tat: number, now: number): number {
  return Math.max(0, tat - burstTolerance(limit) - now);
}
