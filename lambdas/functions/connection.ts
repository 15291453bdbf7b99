import { createHandler } from "../chain.ts";
import { connectionOperations } from "../operations/registry.ts";
import { createConnectionServices } from "../services.ts";

/** CreateParticipantConnection alone: it may answer slowly on purpose, and must not hold the chat function's concurrency. */
export const handler = createHandler(
  "connection",
  createConnectionServices(process.env),
  connectionOperations,
);
