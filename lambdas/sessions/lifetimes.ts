import type { RealTime } from "../settings.ts";
import type { SessionAttributes } from "./session-item.ts";

/**
 * How long a connection handle lives without use, in milliseconds. With a socket of ours, which keeps the handle
 * alive while it is open, an hour. With Connect's socket in the browser nothing tells this service that a quiet chat
 * is still open: a day, as Connect's own connection tokens. A chat that has Connect's socket keeps its day in a
 * deployment that relays by then (session-item.ts, `il`).
 */
export const connectionHandleLifeMs: Readonly<Record<RealTime, number>> = {
  relay: 3_600_000,
  direct: 24 * 3_600_000,
};

/** The least an advertised expiry lies ahead, in milliseconds: chat clients that see less refresh in a tight loop. */
const leastAdvertisedMs = 5 * 60_000;

/** The expiry to advertise for the connection handle of a session that was just admitted; milliseconds since the epoch. */
export function advertisedExpiry(now: number, { ix, ax }: Pick<SessionAttributes, "ix" | "ax">): number {
  return Math.max(now + leastAdvertisedMs, Math.min(ix, ax));
}
