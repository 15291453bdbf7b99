import { createHandler } from "../chain.ts";
import { createConnectService } from "../connect/connect-service.ts";
import { startOperations } from "../registries/start-chat.ts";
import { createCommonServices } from "../services.ts";
import { loadStartSettings } from "../settings.ts";

const startSettings = loadStartSettings(process.env);

/** Starts chats: the only function that holds rights on Amazon Connect. */
export const handler = createHandler(
  "start-chat",
  {
    ...createCommonServices(process.env),
    startSettings,
    connect: createConnectService(startSettings.instanceId),
  },
  startOperations,
);
