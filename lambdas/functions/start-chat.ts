import { createHandler } from "../chain.ts";
import { startOperations } from "../registries/start-chat.ts";
import { createStartServices } from "../start/start-services.ts";

/** Starts chats: the only function that may. */
export const handler = createHandler("start-chat", createStartServices(process.env), startOperations);
