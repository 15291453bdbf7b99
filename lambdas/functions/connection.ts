import { createHandler } from "../chain.ts";
import { chatOperations } from "../operations/registry.ts";
import { createServices } from "../services.ts";

/** CreateParticipantConnection alone: it may answer slowly on purpose, and must not hold the chat function's concurrency. */
export const handler = createHandler("connection", createServices(process.env), chatOperations);
