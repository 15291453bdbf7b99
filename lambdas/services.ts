import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { AttachmentPolicy } from "./attachments/policy.ts";
import { createQuarantine, type Quarantine } from "./attachments/quarantine.ts";
import { createUploadStore, type UploadStore } from "./attachments/upload-store.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { ConnectService } from "./connect/connect-service.ts";
import { createParticipantService, type ParticipantService } from "./connect/participant-service.ts";
import { type Log, writeLog } from "./log.ts";
import { createMetrics, type MetricSink, type Metrics, writeMetrics } from "./metrics.ts";
import { ArrivalMemory } from "./sessions/arrival-memory.ts";
import { createSessionStore, type SessionStore } from "./sessions/session-store.ts";
import { settingNames } from "./setting-names.ts";
import {
  loadAttachmentSettings,
  loadRelayUrl,
  loadSettings,
  type Settings,
  type StartSettings,
} from "./settings.ts";
import type { Identify } from "./start/principal.ts";
import type { StartRecords } from "./start/start-records.ts";
import type { StartStore } from "./start/start-store.ts";

/** What requests are served with: made once per container, passed to each step as the narrowest part it needs. */
export interface Services {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly sessions: SessionStore;
  readonly memory: ArrivalMemory;
  readonly participant: ParticipantService;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What the function that connects participants has besides. */
export interface ConnectionServices extends Services {
  /** Address of our sockets; undefined in the mode `direct`. */
  readonly relayUrl: string | undefined;
}

/** What the function that takes attachments has besides. */
export interface AttachmentServices extends Services {
  readonly quarantine: Quarantine;
  readonly uploads: UploadStore;
  readonly policy: AttachmentPolicy;
}

/** Services of the function that starts chats, which calls Connect instead of the Participant Service. */
export interface StartServices extends Omit<Services, "participant"> {
  readonly startSettings: StartSettings;
  readonly connect: ConnectService;
  readonly identify: Identify;
  readonly starts: StartStore;
  readonly startRecords: StartRecords;
}

/** What may be given instead of the real thing. */
export interface Substitutes {
  readonly clock?: Clock;
  readonly log?: Log;
  readonly metrics?: MetricSink;
  readonly database?: DynamoDBDocumentClient;
}

/** The database of this Region, or wherever AWS_ENDPOINT_URL_DYNAMODB points. */
export function createDatabase(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: 2,
      requestHandler: { connectionTimeout: 800, requestTimeout: 900, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
}

/**
 * What every function is served with. A function with other stores gives one database for all: each client would open
 * a connection of its own.
 *
 * @throws {SettingError} when a setting is missing or malformed
 */
export function createCommonServices(
  env: NodeJS.ProcessEnv,
  {
    clock = systemClock,
    log = writeLog,
    metrics: sink = writeMetrics,
    database = createDatabase(),
  }: Substitutes = {},
): Omit<Services, "participant"> {
  const settings = loadSettings(env);
  const sessions = createSessionStore(database, settings.sessionsTable);
  const metrics = createMetrics(env[settingNames.metricsDeployment], sink, clock.now);
  return { clock, settings, sessions, memory: new ArrivalMemory(), log, metrics };
}

/** What the functions that serve participants are served with. @throws {SettingError} */
export function createServices(env: NodeJS.ProcessEnv, substitutes?: Substitutes): Services {
  const common = createCommonServices(env, substitutes);
  return { ...common, participant: createParticipantService(common.clock) };
}

/** What the function that connects participants is served with. @throws {SettingError} */
export function createConnectionServices(
  env: NodeJS.ProcessEnv,
  substitutes?: Substitutes,
): ConnectionServices {
  return { ...createServices(env, substitutes), relayUrl: loadRelayUrl(env) };
}

/** What the function that takes attachments is served with. @throws {SettingError} */
export function createAttachmentServices(
  env: NodeJS.ProcessEnv,
  substitutes?: Substitutes,
): AttachmentServices {
  const database = substitutes?.database ?? createDatabase();
  const services = createServices(env, { ...substitutes, database });
  const { quarantineBucket, policy } = loadAttachmentSettings(env);
  return {
    ...services,
    policy,
    quarantine: createQuarantine(quarantineBucket),
    uploads: createUploadStore(database, services.settings.sessionsTable),
  };
}
