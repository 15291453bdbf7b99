import type { Caller } from "../chat/token-store.ts";
import { timestamp } from "../clock.ts";
import { ServiceError } from "../errors.ts";
import type { Input } from "../input.ts";
import type { Services } from "../services.ts";
import { socketPath } from "../socket/socket-path.ts";
import type { ParticipantOperation } from "./operation.ts";

const webSocket = "WEBSOCKET";
const credentials = "CONNECTION_CREDENTIALS";

/**
 * CreateParticipantConnection: a socket URL, a connection token, or both; earlier ones stay good.
 * ConnectParticipant marks a customer as connected in message streaming only (API reference), so without
 * streaming it is a ValidationException.
 */
export const createParticipantConnection: ParticipantOperation = {
  service: "participant",
  name: "CreateParticipantConnection",
  bearer: "participant",
  idempotent: false,
  run(input, caller, services) {
    const types = readTypes(input, services);
    if (input.flag("ConnectParticipant")) {
      if (caller.contact.streamings.length === 0) {
        throw new ServiceError(
          "ValidationException",
          "ConnectParticipant is only supported for a customer in message streaming",
        );
      }
      services.chats.connectCustomer(caller.contact);
    }
    return {
      ...(types.includes(webSocket) && { Websocket: openWebSocket(caller, services) }),
      ...(types.includes(credentials) && { ConnectionCredentials: issueCredentials(caller, services) }),
    };
  },
};

function readTypes(input: Input, { switches }: Pick<Services, "switches">): string[] {
  const types = input.optionalTexts("Type", { min: 1 });
  if (!types) {
    if (switches.absentType === "both") return [webSocket, credentials];
    throw input.refuse("Type", "Member must not be null");
  }
  if (types.includes("WEBRTC_CONNECTION")) {
    throw new ServiceError("ValidationException", "WEBRTC_CONNECTION is not supported for chat");
  }
  if (types.some((type) => type !== webSocket && type !== credentials)) {
    throw input.refuse("Type", `Member must satisfy enum value set: [${webSocket}, ${credentials}]`);
  }
  return types;
}

function openWebSocket(caller: Caller, { clock, switches, sockets, address }: Services): object {
  const expiresAt = clock.now() + switches.socketUrlSeconds * 1000;
  const ticket = sockets.issueTicket(caller, expiresAt);
  return {
    Url: `ws://${address.authority}${socketPath}?token=${ticket}`,
    ConnectionExpiry: timestamp(expiresAt),
  };
}

function issueCredentials(caller: Caller, { clock, switches, tokens }: Services): object {
  const expiresAt = clock.now() + switches.connectionTokenSeconds * 1000;
  return { ConnectionToken: tokens.issueConnectionToken(caller, expiresAt), Expiry: timestamp(expiresAt) };
}
