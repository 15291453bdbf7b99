import { createParticipantConnection } from "../operations/create-participant-connection.ts";
import type { Registry } from "../operations/registry.ts";
import type { ConnectionServices } from "../services.ts";

/** The operation of `connection`. */
export const connectionOperations: Registry<ConnectionServices> = {
  "create-participant-connection": createParticipantConnection,
};
