import * as z from "zod/mini";
import { toIsoTime } from "../clock.ts";
import { answeredFields } from "../connect/answered-fields.ts";
import { isUpstreamDenial } from "../connect/upstream-errors.ts";
import { unavailable } from "../errors.ts";
import { list } from "../input/schemas.ts";
import type { Services } from "../services.ts";
import { admitConnection } from "../sessions/admit-connection.ts";
import { endedAtConnect, storeConnectionToken, wantsRenewal } from "../sessions/connection-token.ts";
import { formatHandle } from "../sessions/handle.ts";
import { connectionSecret } from "../sessions/keys.ts";
import { advertisedExpiry } from "../sessions/lifetimes.ts";
import { openConnectionToken, openParticipantToken, type Session } from "../sessions/session.ts";
import { type Answer, sessionOperation } from "./operation.ts";

/** Longest list of types: the service model has three, and no limit. */
const maximumTypes = 10;

const input = z.object({
  /** WEBRTC_CONNECTION is refused: its answer holds a credential for the call that only a browser could use. */
  Type: z.optional(list(z.enum(["WEBSOCKET", "CONNECTION_CREDENTIALS"]), maximumTypes)),
  ConnectParticipant: z.optional(z.boolean()),
});

type Input = z.infer<typeof input>;

/**
 * CreateParticipantConnection: a connection handle for a participant handle, and Connect's own socket URL. Connect's
 * connection token stays here; a stored one that still has life is kept, and Connect not asked for another.
 */
export const createParticipantConnection = sessionOperation({
  input,
  admit: admitConnection,
  run: async (services, asked, session, signal) => {
    const stored = openConnectionToken(session);
    const wantsCredentials = asked.Type === undefined || asked.Type.includes("CONNECTION_CREDENTIALS");
    const keepsStored = stored !== undefined && !wantsRenewal(session, stored, services.clock.now());
    const request = keepsStored ? withoutCredentials(asked) : asked;
    const websocket = request && (await connect(services, session, request, signal));
    return {
      ...(websocket && { Websocket: websocket }),
      ...(wantsCredentials && { ConnectionCredentials: credentials(services, session) }),
    };
  },
});

/** What is left to ask Connect for, where its connection token is not needed; undefined when that is nothing. */
function withoutCredentials(asked: Input): Input | undefined {
  if (asked.ConnectParticipant) return asked;
  const wantsSocket = asked.Type === undefined || asked.Type.includes("WEBSOCKET");
  return wantsSocket ? { Type: ["WEBSOCKET"] } : undefined;
}

async function connect(
  services: Services,
  session: Session,
  { Type, ConnectParticipant }: Input,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const request = {
    ...(Type && { Type: [...new Set(Type)] }),
    ...(ConnectParticipant !== undefined && { ConnectParticipant }),
  };
  const issued = await services.participant
    .createParticipantConnection(request, openParticipantToken(session), signal)
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

function credentials({ clock }: Services, { item, handle }: Session): Answer {
  return {
    ConnectionToken: formatHandle({
      kind: "connection",
      selector: item.pk,
      secret: connectionSecret(handle.secret, item.g),
    }),
    Expiry: toIsoTime(advertisedExpiry(clock.now(), item.ax)),
  };
}
