import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { functionTimeouts } from "../../../lambdas/routes.ts";
import type { UpgradeListener } from "../../start-server.ts";
import { type GatewayClock, machineClock } from "../clock.ts";
import { type InvocationTimeouts, type Invoke, invokeInTime, type Outcome } from "../invoke-in-time.ts";
import { newOpaqueId } from "../opaque-id.ts";
import { Connection } from "./connection.ts";
import { watchFrameSizes } from "./frame-sizes.ts";
import { isHandshake, refuseUpgrade } from "./refuse-upgrade.ts";
import {
  type Peer,
  type SocketEvent,
  toConnectEvent,
  toDisconnectEvent,
  toMessageEvent,
} from "./socket-event.ts";

/** API Gateway's quota for one message, in either direction, in bytes. */
export const maxMessageBytes = 128 * 1024;

/** API Gateway's quota for one frame of a client's message, in bytes. */
export const maxFrameBytes = 32 * 1024;

/** Path of the local WebSocket API; a deployed one has its stage there. */
export const socketPath = "/relay";

/** What a WebSocket API is made of. */
export interface SocketGatewayOptions {
  readonly invoke: Invoke<"relay", SocketEvent>;
  /** Default: the machine's clock. One whose `sleep` does not wait keeps this process busy while sockets are open. */
  readonly clock?: GatewayClock;
  /** Default: those of the relay function. */
  readonly timeouts?: InvocationTimeouts;
  /** Told why an invocation failed, which no client can see. Default: nobody is told. */
  readonly onFailure?: (functionName: "relay", error: unknown) => void;
}

/** A WebSocket API without a port of its own. */
export interface SocketGateway {
  /** Takes the upgrade requests of an HTTP server. */
  readonly upgrade: UpgradeListener;
  /** A socket that is open now. One whose `$connect` has not ended yet is none. */
  find(connectionId: string): Connection | undefined;
  /** Drops sockets without a word, as a lost network does, and says how many there were. */
  drop(matches: (peer: Peer) => boolean): number;
  /** Drops every socket, and invokes no function any more. */
  close(): void;
}

/**
 * API Gateway's WebSocket API with the routes `$connect`, `$default` and `$disconnect`, all of them the relay
 * function's. A socket opens only when `$connect` has accepted it; its messages run at the same time, without an order,
 * as they do on Lambda; no route has a response.
 */
export function createSocketGateway(options: SocketGatewayOptions): SocketGateway {
  const { invoke, clock = machineClock, timeouts = functionTimeouts.relay, onFailure } = options;
  const connections = new Map<string, Connection>();
  let closed = false;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    handleProtocols: () => false,
  });

  async function run(event: SocketEvent): Promise<Outcome> {
    const { requestId } = event.requestContext;
    const outcome = await invokeInTime(invoke, { functionName: "relay", event, requestId, timeouts }, clock);
    if (outcome.kind !== "answered" && !closed) {
      onFailure?.("relay", outcome.error);
    }
    return outcome;
  }

  async function connect(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const peer = peerOf(request, clock.now());
    const refusal = refusalOf(await run(toConnectEvent(peer, request)));
    if (closed) {
      stream.destroy();
    } else if (refusal !== undefined) {
      refuseUpgrade(stream, refusal);
    } else if (!stream.readable || !stream.writable) {
      await run(toDisconnectEvent(peer, clock.now(), 1006, ""));
    } else {
      server.handleUpgrade(request, stream, head, (socket) => serve(peer, socket, stream));
    }
  }

  function serve(peer: Peer, socket: WebSocket, stream: Duplex): void {
    const connection = new Connection(peer, socket, clock);
    const life = new AbortController();
    connections.set(peer.connectionId, connection);
    // Before the listener of `ws`, so that a message is not taken before its frame was found too large.
    stream.prependListener(
      "data",
      watchFrameSizes((bytes) => {
        if (bytes > maxFrameBytes) connection.close(1009, "Frame too large");
      }),
    );
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") connection.close(1009, "Message too large");
    });
    socket.on("message", (data, isBinary) => {
      if (isBinary) {
        connection.close(1003, "Binary messages are not supported");
      } else if (connection.isOpen) {
        void hear(connection, String(data));
      }
    });
    socket.on("close", (code, reason) => {
      life.abort();
      connections.delete(peer.connectionId);
      if (!closed) {
        void run(toDisconnectEvent(peer, clock.now(), connection.closedWith ?? code, String(reason)));
      }
    });
    void connection.closeWhenDue(life.signal);
  }

  async function hear(connection: Connection, text: string): Promise<void> {
    connection.touch();
    const event = toMessageEvent(connection.peer, clock.now(), text);
    const outcome = await run(event);
    if (outcome.kind !== "answered" && connection.isOpen) {
      // What API Gateway tells a client whose message no function took.
      const { connectionId, requestId } = event.requestContext;
      const message = outcome.kind === "late" ? "Endpoint request timed out" : "Internal server error";
      await connection.send(JSON.stringify({ message, connectionId, requestId })).catch(() => {});
    }
  }

  return {
    upgrade: (request, stream, head) => {
      stream.on("error", () => stream.destroy());
      const [path] = (request.url ?? "").split("?");
      if (path !== socketPath || !isHandshake(request)) {
        return refuseUpgrade(stream, path === socketPath ? 400 : 403);
      }
      connect(request, stream, head).catch(() => stream.destroy());
    },
    find: (connectionId) => {
      const connection = connections.get(connectionId);
      return connection?.isOpen ? connection : undefined;
    },
    drop: (matches) => {
      const dropped = [...connections.values()].filter(({ peer }) => matches(peer));
      for (const connection of dropped) connection.drop();
      return dropped.length;
    },
    close: () => {
      closed = true;
      for (const connection of connections.values()) connection.drop();
    },
  };
}

function peerOf(request: IncomingMessage, connectedAt: number): Peer {
  return {
    connectionId: newOpaqueId(),
    connectedAt,
    domainName: request.headers.host ?? "",
    sourceIp: request.socket.remoteAddress ?? "",
    userAgent: request.headers["user-agent"] ?? "",
    query: (request.url ?? "").split("?").slice(1).join("?"),
  };
}

/** The status that refuses a socket: the function's own if that blames the client, 502 for whatever else is no 2xx. */
function refusalOf(outcome: Outcome): number | undefined {
  const result = outcome.kind === "answered" ? outcome.result : undefined;
  const hasStatus = typeof result === "object" && result !== null && "statusCode" in result;
  const status = hasStatus ? Number(result.statusCode) : 502;
  if (status >= 200 && status <= 299) {
    return undefined;
  }
  return status >= 400 && status <= 499 ? status : 502;
}
