import { answeredFields } from "../connect/answered-fields.ts";
import { isUpstreamDenial } from "../connect/upstream-errors.ts";
import { unavailable } from "../errors.ts";
import type { Services } from "../services.ts";
import { endedAtConnect, storeConnectionToken, wantsRenewal } from "./connection-token.ts";
import { openConnectionToken, openParticipantToken, type Session } from "./session.ts";

/** What a client asks CreateParticipantConnection for. */
export interface AskedConnection {
  readonly Type?: readonly ("WEBSOCKET" | "CONNECTION_CREDENTIALS")[] | undefined;
  readonly ConnectParticipant?: boolean | undefined;
}

/** Connect's own socket, as CreateParticipantConnection answers it. */
export interface DirectSocket {
  readonly Url: string;
  readonly ConnectionExpiry: string;
}

/**
 * Asks Connect for its own socket, whose pre-signed address is a credential, where a socket was asked for. A stored
 * connection token that still has life is kept, and Connect not asked for another; without one it is fetched with
 * whatever was asked for, so that a session that was connected has one.
 *
 * @throws {ChatError} 403 when the chat is over at Connect; Connect's error, or 503, when it fails for longer than
 * the deadline
 */
export async function connectDirectly(
  services: Pick<Services, "clock" | "sessions" | "participant">,
  session: Session,
  asked: AskedConnection,
  signal: AbortSignal,
): Promise<DirectSocket | undefined> {
  const stored = openConnectionToken(session);
  const keepsStored = stored !== undefined && !wantsRenewal(session, stored, services.clock.now());
  const request = keepsStored ? withoutCredentials(asked) : withCredentials(asked);
  if (request === undefined) return undefined;
  const { Type, ConnectParticipant } = request;
  const issued = await services.participant
    .createParticipantConnection(
      {
        ...(Type && { Type: [...new Set(Type)] }),
        ...(ConnectParticipant !== undefined && { ConnectParticipant }),
      },
      openParticipantToken(session),
      signal,
    )
    .catch(async (error: unknown) => {
      throw isUpstreamDenial(error) ? await endedAtConnect(services, session, error) : error;
    });
  const expected = Type ?? ["WEBSOCKET", "CONNECTION_CREDENTIALS"];
  if (expected.includes("CONNECTION_CREDENTIALS")) {
    if (issued.credentials === undefined) throw unavailable("Connect issued no connection token");
    await storeConnectionToken(services, session, session.item.cv, issued.credentials);
  }
  if (!expected.includes("WEBSOCKET")) return undefined;
  if (issued.websocket === undefined) throw unavailable("Connect issued no socket");
  return answeredFields(issued.websocket, "Url", "ConnectionExpiry");
}

function withCredentials({ Type, ...asked }: AskedConnection): AskedConnection {
  return { ...asked, ...(Type && { Type: [...Type, "CONNECTION_CREDENTIALS"] }) };
}

/** What is left to ask Connect for, where its connection token is not needed; undefined when that is nothing. */
function withoutCredentials(asked: AskedConnection): AskedConnection | undefined {
  if (asked.ConnectParticipant) return asked;
  const wantsSocket = asked.Type === undefined || asked.Type.includes("WEBSOCKET");
  return wantsSocket ? { Type: ["WEBSOCKET"] } : undefined;
}
