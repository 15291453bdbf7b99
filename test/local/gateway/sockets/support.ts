import { EventEmitter, once } from "node:events";
import type { IncomingMessage } from "node:http";
import { ApiGatewayManagementApiClient } from "@aws-sdk/client-apigatewaymanagementapi";
import type { SNSEvent } from "aws-lambda";
import { onTestFinished } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import type { SocketEvent } from "../../../../local/gateway/sockets/socket-event.ts";
import { type RelayOptions, startRelay } from "../../../../local/gateway/sockets/start-relay.ts";
import { startGateway } from "../../../../local/gateway/start-gateway.ts";

type RouteKey = SocketEvent["requestContext"]["routeKey"];

/** What a test's relay function does with an event of a socket. Default: accepts everything. */
export type Behaviour = (event: SocketEvent) => unknown;

/** A gateway with a WebSocket API for one test, whose function notes its events. */
export interface TestRelay {
  readonly port: number;
  /** Address of the WebSocket API. */
  readonly url: string;
  readonly managementUrl: string;
  readonly management: ApiGatewayManagementApiClient;
  /** Every event so far. */
  readonly seen: readonly SocketEvent[];
  /** The first event of a route, as soon as it is there. */
  first(routeKey: RouteKey): Promise<SocketEvent>;
  close(): Promise<void>;
}

/** Starts one, with everything it needs on free ports; ended with the test. */
export async function startTestRelay(
  behaviour: Behaviour = () => ({ statusCode: 200 }),
  options: Partial<RelayOptions> = {},
): Promise<TestRelay> {
  const seen: SocketEvent[] = [];
  const arrivals = new EventEmitter();
  const relay = await startRelay({
    invoke: async (_name: "relay", event: SocketEvent | SNSEvent) => {
      if ("Records" in event) throw new Error("no topic here");
      seen.push(event);
      arrivals.emit("event");
      return behaviour(event);
    },
    ...options,
  });
  const invoke = () => Promise.reject(new Error("no REST API here"));
  const gateway = await startGateway({ invoke, upgrade: relay.upgrade });
  const management = new ApiGatewayManagementApiClient({
    endpoint: relay.managementUrl,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  const close = async () => {
    management.destroy();
    await relay.close();
    await gateway.close();
  };
  onTestFinished(close);
  return {
    port: gateway.port,
    url: `ws://127.0.0.1:${gateway.port}/relay`,
    managementUrl: relay.managementUrl,
    management,
    seen,
    close,
    first: async (routeKey) => {
      for (;;) {
        const found = seen.find(({ requestContext }) => requestContext.routeKey === routeKey);
        if (found) return found;
        await once(arrivals, "event");
      }
    },
  };
}

/** An open socket of a client. */
export interface Client {
  readonly socket: WebSocket;
  readonly connectionId: string;
  /** The next text it is sent. */
  next(): Promise<string>;
  /** Code of its closing, as soon as it is closed. */
  readonly closed: Promise<number>;
}

/** Opens a socket, the first one of its relay. */
export async function openClient(relay: TestRelay, options: ClientOptions = {}): Promise<Client> {
  const socket = new WebSocket(relay.url, options);
  onTestFinished(() => socket.terminate());
  const closed = once(socket, "close").then(([code]) => code as number);
  await once(socket, "open");
  const { requestContext } = await relay.first("$connect");
  return {
    socket,
    connectionId: requestContext.connectionId,
    closed,
    next: async () => {
      const [data, isBinary] = (await once(socket, "message")) as [Buffer, boolean];
      return isBinary ? "binary" : String(data);
    },
  };
}

/** The answer to an upgrade that is refused. */
export async function refusedUpgrade(
  url: string,
  options: ClientOptions = {},
): Promise<{ status: number; body: string }> {
  const socket = new WebSocket(url, options);
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage];
  const body = (await response.toArray()).join("");
  return { status: response.statusCode ?? 0, body };
}
