import { systemClock } from "../clock.ts";
import { createConnectService } from "../connect/connect-service.ts";
import { type Log, writeLog } from "../log.ts";
import { createMetrics, type Metrics, writeMetrics } from "../metrics.ts";
import { createDatabase, type Substitutes } from "../services.ts";
import { settingNames } from "../setting-names.ts";
import { loadReaperSettings, loadSettings } from "../settings.ts";
import type { ReapingServices } from "./reap-start.ts";
import { createReaperStore } from "./reaper-store.ts";

/** What the reaper works with: it starts nothing, and opens nothing. */
export interface ReaperServices extends ReapingServices {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Made once per container. @throws {SettingError} when a setting is missing or malformed */
export function createReaperServices(
  env: NodeJS.ProcessEnv,
  { clock = systemClock, log = writeLog, metrics: sink = writeMetrics }: Substitutes = {},
): ReaperServices {
  const { sessionsTable } = loadSettings(env);
  const { instanceId, startsTable } = loadReaperSettings(env);
  return {
    clock,
    log,
    metrics: createMetrics(env[settingNames.metricsDeployment], sink, clock.now),
    store: createReaperStore(createDatabase(), { sessions: sessionsTable, starts: startsTable }),
    connect: createConnectService(instanceId, clock),
  };
}
