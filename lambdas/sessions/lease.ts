import { randomBytes } from "node:crypto";

/**
 * A lease: the millisecond it ends at, a dash, and a random name of the request that took it. The name tells one's
 * own lease from any other: when the answer of the write was lost, the SDK's second try fails on the lease of the
 * first, and the item it gives back shows that it was won after all. As text it still compares by time: milliseconds
 * have 13 digits until 2286.
 */
export type Lease = `${number}-${string}`;

/** A lease taken now, of `milliseconds`. */
export function newLease(now: number, milliseconds: number): Lease {
  return `${now + milliseconds}-${randomBytes(9).toString("base64url")}`;
}

/** Whether somebody holds the lease now. */
export function isHeld(lease: Lease | undefined, now: number): boolean {
  return lease !== undefined && lease > latestEnding(now);
}

/** Greater than every lease that has ended by `now`, less than every other: `~` comes after the dash. */
export function latestEnding(now: number): string {
  return `${now}~`;
}
