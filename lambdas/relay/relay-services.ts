import { type Clock, systemClock } from "../clock.ts";
import { type Log, writeLog } from "../log.ts";
import { createMetrics, type Metrics, writeMetrics } from "../metrics.ts";
import { createDatabase, type Substitutes } from "../services.ts";
import { settingNames } from "../setting-names.ts";
import { loadRelaySettings, loadSettings, type Settings } from "../settings.ts";
import { type ChatSocketsStore, createChatSocketsStore } from "./chat-sockets.ts";
import { FrameMeter } from "./frame-meter.ts";
import { createRelayStore, type RelayStore } from "./relay-store.ts";
import { createSocketGateway, type SocketGateway } from "./socket-gateway.ts";
import { SocketMemory } from "./socket-memory.ts";

/** What the relay works with: no client of Amazon Connect, and nothing that opens a token. */
export interface RelayServices {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly settings: Settings;
  readonly chats: ChatSocketsStore;
  readonly store: RelayStore;
  readonly gateway: SocketGateway;
  readonly memory: SocketMemory;
  readonly meter: FrameMeter;
}

/** Made once per container. @throws {SettingError} when a setting is missing or malformed */
export function createRelayServices(
  env: NodeJS.ProcessEnv,
  {
    clock = systemClock,
    log = writeLog,
    metrics: sink = writeMetrics,
    database = createDatabase(),
  }: Substitutes = {},
): RelayServices {
  const settings = loadSettings(env);
  const { relayTable, managementUrl } = loadRelaySettings(env);
  return {
    clock,
    log,
    metrics: createMetrics(env[settingNames.metricsDeployment], sink, clock.now),
    settings,
    chats: createChatSocketsStore(database, settings.sessionsTable),
    store: createRelayStore(database, relayTable, clock),
    gateway: createSocketGateway(managementUrl),
    memory: new SocketMemory(),
    meter: new FrameMeter(),
  };
}
