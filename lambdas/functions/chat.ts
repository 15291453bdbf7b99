import { createHandler } from "../chain.ts";
import { chatOperations } from "../registries/chat.ts";
import { createServices } from "../services.ts";

/** Messages, events, transcript, disconnect: everything that needs a session and no Connect right. */
export const handler = createHandler("chat", createServices(process.env), chatOperations);
