import { unavailable } from "../errors.ts";
import { connectionWaitMs } from "../rate-limits/limits.ts";
import { type AdmissionServices, admit } from "./admit.ts";
import { rateLimited } from "./admit-within-limit.ts";
import { endedEntries } from "./entries.ts";
import type { Handle } from "./handle.ts";
import type { Session } from "./session.ts";
import { tatAttribute } from "./session-item.ts";
import { ticketsDropped } from "./session-sockets.ts";
import { newTicket } from "./ticket.ts";

/** Tickets that nobody came with in time may pile up to so many before they are dropped: that costs a database call. */
const mostStaleTickets = 8;

/** The rate-limit cell in which connections beyond the limit queue: its arrival time is the request's turn. */
const waitCell = "connection-wait";

/**
 * Admits a CreateParticipantConnection, in the mode `relay` with a ticket for a socket. Beyond its limit it is
 * answered late instead of refused: chat clients end the chat when this operation fails, and ask again at once when
 * their socket does. Five may wait at a time, one after the other.
 *
 * @param wantsSocket whether the address of a socket is asked for
 * @throws {ChatError} 429 `RateLimited` beyond those, and what {@link admit} throws
 */
export async function admitConnection(
  services: AdmissionServices,
  handle: Handle,
  signal: AbortSignal,
  wantsSocket: boolean,
): Promise<{ readonly session: Session }> {
  const { clock, settings } = services;
  const mintTicket = () =>
    wantsSocket && settings.realTime === "relay" ? newTicket(handle.selector, clock.now()) : undefined;
  const admission = await admit(services, handle, "connection", { ticket: mintTicket() });
  if (admission.admitted) {
    await dropStaleTickets(services, admission.session);
    return admission;
  }
  const waiting = await admit(services, handle, waitCell, { ticket: mintTicket() });
  if (!waiting.admitted) throw rateLimited(waiting.retryAfterMs);
  await dropStaleTickets(services, waiting.session);
  await clock.sleep(waitOf(services, waiting.session), signal).catch((cause: unknown) => {
    throw unavailable("no time left to wait for a connection", cause);
  });
  return waiting;
}

/**
 * Whatever becomes of the connection: while Connect fails, or for a chat it does not stream to us, tickets are minted
 * all the same.
 */
async function dropStaleTickets({ clock, sessions }: AdmissionServices, { item }: Session): Promise<void> {
  const stale = endedEntries(item.tk, clock.now());
  if (stale.length > mostStaleTickets) await sessions.update(item.pk, ticketsDropped(stale));
}

/** Milliseconds: the cell's theoretical arrival time, less this request's own interval, is when its turn comes. */
function waitOf({ clock, settings }: AdmissionServices, { item }: Session): number {
  const turn = (item[tatAttribute(waitCell)] ?? 0) - settings.limits[waitCell].intervalMs;
  return Math.max(connectionWaitMs, turn - clock.now());
}
