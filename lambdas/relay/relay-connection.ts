import { toIsoTime } from "../clock.ts";
import { unavailable } from "../errors.ts";
import type { ConnectionServices } from "../services.ts";
import { usableToken } from "../sessions/connection-token.ts";
import type { Session } from "../sessions/session.ts";
import { formatTicket } from "../sessions/ticket.ts";

/** A socket of ours, as CreateParticipantConnection answers it. */
export interface RelaySocket {
  readonly Url: string;
  readonly ConnectionExpiry: string;
}

/**
 * A connection to the relay. The first one connects the participant at Connect, once for all who ask meanwhile; the
 * others are answered from what is stored, so that Connect's quota is spent once per chat and not on every page load.
 *
 * @returns the socket that the session's ticket opens; undefined where none was asked for
 * @throws {ChatError} 403 when the chat is over at Connect; Connect's error, or 503, when it fails for longer than
 * the deadline
 */
export async function relayConnection(
  services: ConnectionServices,
  session: Session,
  signal: AbortSignal,
): Promise<RelaySocket | undefined> {
  const { relayUrl } = services;
  const { ticket } = session;
  await usableToken(services, session, signal);
  if (ticket === undefined) return undefined;
  if (relayUrl === undefined) throw unavailable("no address of the relay");
  return {
    Url: `${relayUrl}?ticket=${formatTicket(ticket)}`,
    ConnectionExpiry: toIsoTime(ticket.expiresAt),
  };
}
