import { type LocalServer, startServer } from "../start-server.ts";
import { createGateway, type GatewayOptions } from "./create-gateway.ts";

/** What {@link startGateway} is told. */
export interface StartGatewayOptions extends GatewayOptions {
  /** TCP port; 0, the default, takes one that is free. */
  readonly port?: number;
}

/**
 * Serves a gateway on 127.0.0.1.
 *
 * @throws Error with the code EADDRINUSE if the port is taken
 */
export function startGateway(options: StartGatewayOptions): Promise<LocalServer> {
  return startServer(createGateway(options), options.port ?? 0);
}
