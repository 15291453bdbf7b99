/**
 * How long a connection handle lives without use, in milliseconds. A day, as Connect's own connection tokens: with Connect's
 * socket in the browser nothing tells this service that a quiet chat is still open.
 */
export const connectionHandleLifeMs = 24 * 3_600_000;

/** The least an advertised expiry lies ahead, in milliseconds: chat clients that see less refresh in a tight loop. */
const leastAdvertisedMs = 5 * 60_000;

/**
 * The expiry to advertise for a connection handle admitted at `now` in a chat that ends at `chatEndsAt`; milliseconds
 * since the epoch.
 */
export function advertisedExpiry(now: number, chatEndsAt: number): number {
  return Math.max(now + leastAdvertisedMs, Math.min(now + connectionHandleLifeMs, chatEndsAt));
}
