import * as z from "zod/mini";
import { toIsoTime } from "../clock.ts";
import { list } from "../input/schemas.ts";
import { relayConnection } from "../relay/relay-connection.ts";
import type { ConnectionServices } from "../services.ts";
import { admitConnection } from "../sessions/admit-connection.ts";
import { connectDirectly } from "../sessions/connect-directly.ts";
import { formatHandle } from "../sessions/handle.ts";
import { connectionSecret } from "../sessions/keys.ts";
import { advertisedExpiry } from "../sessions/lifetimes.ts";
import { isRelayed, type Session } from "../sessions/session.ts";
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
 * CreateParticipantConnection: a connection handle for a participant handle, and the address of a socket: ours for a
 * chat that Connect streams to us, Connect's own in the mode `direct`, and for chats that were started in it: nobody
 * streams those to us, so that a socket of ours would stay silent. Connect's connection token stays here.
 */
export const createParticipantConnection = sessionOperation({
  input,
  admit: (services: ConnectionServices, handle, signal, asked) =>
    admitConnection(services, handle, signal, wants(asked, "WEBSOCKET")),
  run: async (services, asked, session, signal) => {
    const isOurs = services.settings.realTime === "relay" && isRelayed(session);
    const websocket = isOurs
      ? await relayConnection(services, session, signal)
      : await connectDirectly(services, session, asked, signal);
    return {
      ...(websocket && { Websocket: websocket }),
      ...(wants(asked, "CONNECTION_CREDENTIALS") && {
        ConnectionCredentials: credentials(services, session),
      }),
    };
  },
});

/** No type means both. */
function wants({ Type }: Input, type: "WEBSOCKET" | "CONNECTION_CREDENTIALS"): boolean {
  return Type === undefined || Type.includes(type);
}

function credentials({ clock }: ConnectionServices, { item, handle }: Session): Answer {
  return {
    ConnectionToken: formatHandle({
      kind: "connection",
      selector: item.pk,
      secret: connectionSecret(handle.secret, item.g),
    }),
    Expiry: toIsoTime(advertisedExpiry(clock.now(), item)),
  };
}
