import { createConnectService } from "../connect/connect-service.ts";
import { createCommonServices, createDatabase, type StartServices, type Substitutes } from "../services.ts";
import { loadStartSettings } from "../settings.ts";
import { createIdentification } from "./principal.ts";
import { loadSignInSettings } from "./sign-in-settings.ts";
import { createStartRecords } from "./start-records.ts";
import { createStartStore } from "./start-store.ts";

/**
 * What the function that starts chats is served with. A sign-in proves more than an Origin header, so where one is
 * demanded apps may start chats, too.
 *
 * @throws {SettingError}
 */
export function createStartServices(env: NodeJS.ProcessEnv, substitutes?: Substitutes): StartServices {
  const database = substitutes?.database ?? createDatabase();
  const common = createCommonServices(env, { ...substitutes, database });
  const startSettings = loadStartSettings(env);
  const signIn = loadSignInSettings(env, startSettings.allowedAttributes);
  const { settings } = common;
  return {
    ...common,
    settings: {
      ...settings,
      allowAppsWithoutOrigin: settings.allowAppsWithoutOrigin || signIn !== undefined,
    },
    startSettings,
    connect: createConnectService(startSettings.instanceId, common.clock),
    identify: createIdentification(signIn, common.clock),
    starts: createStartStore(database, settings.sessionsTable),
    startRecords: createStartRecords(database, startSettings.startsTable),
  };
}
