import { createHandler } from "../chain.ts";
import { connectionOperations } from "../registries/connection.ts";
import { createConnectionServices } from "../services.ts";

/**
 * CreateParticipantConnection alone: it may answer slowly on purpose, and must not hold the chat function's
 * concurrency.
 */
export const handler = createHandler(
  "connection",
  createConnectionServices(process.env),
  connectionOperations,
);
