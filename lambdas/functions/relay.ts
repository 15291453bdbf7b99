import { createRelayHandler } from "../relay/relay-handler.ts";
import { createRelayServices } from "../relay/relay-services.ts";

/** Sockets of browsers on one side, Connect's message streams on the other. */
export const handler = createRelayHandler(createRelayServices(process.env));
