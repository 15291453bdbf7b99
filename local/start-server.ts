import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A running HTTP server of the local run. */
export interface LocalServer {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Hangs up on everybody and frees the port. */
  close(): Promise<void>;
}

/**
 * Serves on 127.0.0.1 alone, so that nobody else on the network reaches a developer's machine.
 *
 * @param port 0 for any free one
 * @throws Error with the code EADDRINUSE if the port is taken
 */
export async function startServer(listener: RequestListener, port: number): Promise<LocalServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
