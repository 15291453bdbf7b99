import { type Clock, systemClock } from "../clock.ts";
import { type ConnectService, createConnectService } from "../connect/connect-service.ts";
import { createChatSocketsStore } from "../relay/chat-sockets.ts";
import type { ClosingServices } from "../relay/close-sockets.ts";
import { createRelayStore } from "../relay/relay-store.ts";
import { createSocketGateway } from "../relay/socket-gateway.ts";
import { SocketMemory } from "../relay/socket-memory.ts";
import { createDatabase } from "../services.ts";
import { loadRevocationSettings, loadSettings } from "../settings.ts";
import { type Audit, writeAudit } from "./audit.ts";
import { createRevocationStore, type RevocationStore } from "./revocation-store.ts";

/** What a revocation works with: it starts nothing, sends nothing, and opens no token. */
export interface RevocationServices {
  readonly clock: Clock;
  readonly audit: Audit;
  readonly store: RevocationStore;
  readonly connect: Pick<ConnectService, "stopContact">;
  /** Undefined in the mode `direct`, where sockets are Connect's and end with the contact. */
  readonly sockets: ClosingServices | undefined;
}

/** Made once per container. @throws {SettingError} when a setting is missing or malformed */
export function createRevocationServices(
  env: NodeJS.ProcessEnv,
  { clock = systemClock, audit = writeAudit }: { readonly clock?: Clock; readonly audit?: Audit } = {},
): RevocationServices {
  const { sessionsTable } = loadSettings(env);
  const { instanceId, relay } = loadRevocationSettings(env);
  const database = createDatabase();
  return {
    clock,
    audit,
    store: createRevocationStore(database, sessionsTable),
    connect: createConnectService(instanceId, clock),
    sockets: relay && {
      clock,
      chats: createChatSocketsStore(database, sessionsTable),
      store: createRelayStore(database, relay.relayTable, clock),
      gateway: createSocketGateway(relay.managementUrl),
      memory: new SocketMemory(),
    },
  };
}
