import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { APIGatewayEventWebsocketRequestContextV2 } from "aws-lambda";
import { commonLogTime } from "../common-log-time.ts";
import { newOpaqueId } from "../opaque-id.ts";
import { parseQuery } from "../parse-query.ts";
import { lastValues, passedHeaders } from "../request-headers.ts";

/** Who opened a socket and when: what every event of it repeats. */
export interface Peer {
  readonly connectionId: string;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  /** The `Host` the client asked for. */
  readonly domainName: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** Query string of the address it was opened at. */
  readonly query: string;
}

/** `requestContext` of a WebSocket API's event, as Lambda sees it. */
export interface SocketRequestContext extends Omit<APIGatewayEventWebsocketRequestContextV2, "messageId"> {
  readonly routeKey: "$connect" | "$default" | "$disconnect";
  /** Of a message alone. */
  readonly messageId?: string;
  readonly identity: { readonly sourceIp: string; readonly userAgent: string };
  /** Code of the closing frame, 1006 where there was none. Of a disconnection alone. */
  readonly disconnectStatusCode?: number;
  readonly disconnectReason?: string;
}

/** The event a WebSocket API gives to a Lambda proxy integration. */
export interface SocketEvent {
  readonly requestContext: SocketRequestContext;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, string[]>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, string[]>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/** The event of an upgrade request: the only one with headers and a query string, which is left out where it is empty. */
export function toConnectEvent(peer: Peer, request: IncomingMessage): SocketEvent {
  const multiValueHeaders = passedHeaders(request, peer.connectedAt);
  const [, ...query] = (request.url ?? "").split("?");
  const multiValueQuery = parseQuery(query.join("?"));
  return {
    headers: lastValues(multiValueHeaders),
    multiValueHeaders,
    ...(multiValueQuery && {
      queryStringParameters: lastValues(multiValueQuery),
      multiValueQueryStringParameters: multiValueQuery,
    }),
    requestContext: { ...contextOf(peer, peer.connectedAt), routeKey: "$connect", eventType: "CONNECT" },
    isBase64Encoded: false,
  };
}

/** The event of a text message; `time` is when it arrived, in milliseconds since the epoch. */
export function toMessageEvent(peer: Peer, time: number, body: string): SocketEvent {
  const context = contextOf(peer, time);
  return {
    requestContext: { ...context, routeKey: "$default", eventType: "MESSAGE", messageId: newOpaqueId() },
    body,
    isBase64Encoded: false,
  };
}

/** The event of a closed socket, whoever closed it. */
export function toDisconnectEvent(peer: Peer, time: number, code: number, reason: string): SocketEvent {
  return {
    requestContext: {
      ...contextOf(peer, time),
      routeKey: "$disconnect",
      eventType: "DISCONNECT",
      disconnectStatusCode: code,
      disconnectReason: reason,
    },
    isBase64Encoded: false,
  };
}

function contextOf({ connectionId, connectedAt, domainName, sourceIp, userAgent }: Peer, time: number) {
  return {
    connectionId,
    connectedAt,
    domainName,
    identity: { sourceIp, userAgent },
    requestId: randomUUID(),
    extendedRequestId: newOpaqueId(),
    requestTime: commonLogTime(time),
    requestTimeEpoch: time,
    messageDirection: "IN" as const,
    stage: "local",
    apiId: "local",
  };
}
