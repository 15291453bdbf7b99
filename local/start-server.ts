import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";

/** A running HTTP server of the local run. */
export interface LocalServer {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Hangs up on everybody and frees the port. */
  close(): Promise<void>;
}

/** Takes over the connection of an upgrade request; `head` is what the client has sent beyond that. */
export type UpgradeListener = (request: IncomingMessage, stream: Duplex, head: Buffer) => void;

/**
 * Serves on 127.0.0.1 alone, so that nobody else on the network reaches a developer's machine.
 *
 * @param port 0 for any free one
 * @param upgrade given every WebSocket handshake; without it, they are requests like all others
 * @throws Error with the code EADDRINUSE if the port is taken
 */
export async function startServer(
  listener: RequestListener,
  port: number,
  upgrade?: UpgradeListener,
): Promise<LocalServer> {
  // Java's HTTP client offers `Upgrade: h2c` with every request; a server without HTTP/2 goes on in HTTP/1.1 (RFC
  // 9110 §7.8).
  const shouldUpgradeCallback = ({ headers }: IncomingMessage) =>
    upgrade !== undefined && headers.upgrade?.toLowerCase() === "websocket";
  const server = createServer({ shouldUpgradeCallback }, listener);
  if (upgrade) {
    server.on("upgrade", upgrade);
  }
  const connections = new Set<Socket>();
  server.on("connection", (connection) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
  });
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
        for (const connection of connections) connection.destroy();
      }),
  };
}
