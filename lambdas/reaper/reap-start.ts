import type { Clock } from "../clock.ts";
import type { ConnectService } from "../connect/connect-service.ts";
import { sessionPrevented, startUndone } from "../sessions/session-start.ts";
import { finished, isAttempt, isPastRepeating, isStillWithoutContact } from "../start/start-record.ts";
import type { DueRecord, ReaperStore } from "./reaper-store.ts";

/**
 * What became of a record: no contact was known, its session lives, its contact was stopped, or its answer was past
 * repeating.
 */
export type Reaped = "forgotten" | "closed" | "stopped" | "expired";

/** What it needs. */
export interface ReapingServices {
  readonly clock: Clock;
  readonly store: ReaperStore;
  readonly connect: Pick<ConnectService, "stopContact">;
}

/**
 * Does what a start left. No step does harm when it is done twice, or is done while another run does it: a chat is
 * stopped only once it can never get a session, and a record goes only once nothing is left to do.
 *
 * @throws {ChatError} when the database or Connect does not answer: the record stays
 */
export async function reapStart(
  { clock, store, connect }: ReapingServices,
  { pk, n, ci, un, due, rx }: DueRecord,
  signal: AbortSignal,
): Promise<Reaped> {
  const now = clock.now();
  if (due === undefined) {
    await store.remove(pk, isPastRepeating(n, now));
    return "expired";
  }
  if (ci === undefined) {
    await store.remove(pk, isStillWithoutContact(n, due));
    return "forgotten";
  }
  // A chat that goes on is told by its session, unless nobody was told of that.
  if (!(await store.updateSession(ci, un ? startUndone(now) : sessionPrevented(now)))) {
    if (rx === undefined) await store.remove(pk, isAttempt(n));
    else await store.update(pk, finished(n, rx));
    return "closed";
  }
  await connect.stopContact(ci, signal);
  await store.remove(pk, isAttempt(n));
  return "stopped";
}
