import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type LocalServer, startServer, type UpgradeListener } from "../start-server.ts";
import { createGateway, type GatewayOptions } from "./create-gateway.ts";
import { matchRoute } from "./match-route.ts";

/** Answers a request of a path the API does not have, and says whether it did. */
export type Page = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What {@link startGateway} is told. */
export interface StartGatewayOptions extends GatewayOptions {
  /** TCP port; 0, the default, takes one that is free. */
  readonly port?: number;
  /** Served beside the API. Default: nothing is. */
  readonly page?: Page | undefined;
  /** Given every WebSocket handshake. Default: they are requests like all others. */
  readonly upgrade?: UpgradeListener | undefined;
}

/**
 * Serves a gateway on 127.0.0.1.
 *
 * @throws Error with the code EADDRINUSE if the port is taken
 */
export function startGateway(options: StartGatewayOptions): Promise<LocalServer> {
  const { page, port = 0, upgrade } = options;
  const gateway = createGateway(options);
  const listener: RequestListener = (request, response) => {
    if (!(page && mayBePage(request) && page(request, response))) {
      gateway(request, response);
    }
  };
  return startServer(listener, port, upgrade);
}

function mayBePage({ method = "", url = "" }: IncomingMessage): boolean {
  const [path = ""] = url.split("?");
  try {
    return matchRoute(method, path) === undefined;
  } catch {
    return false;
  }
}
