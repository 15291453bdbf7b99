import type { Registry } from "../operations/registry.ts";
import { startChatContact } from "../operations/start-chat-contact.ts";
import type { StartServices } from "../services.ts";

/** The operation of `start-chat`. */
export const startOperations: Registry<StartServices> = { "start-chat-contact": startChatContact };
