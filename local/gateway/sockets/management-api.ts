import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { readBody } from "../read-body.ts";
import type { Connection } from "./connection.ts";
import { maxMessageBytes, type SocketGateway } from "./socket-gateway.ts";

/** What a management API is made of. */
export interface ManagementApiOptions {
  readonly sockets: Pick<SocketGateway, "find">;
  /** Told the operation (`PostToConnection`) and the socket of every call as it arrives, so that a test can count them. */
  readonly onCall?: ((operation: ManagementOperation, connectionId: string) => void) | undefined;
}

/** An operation of the management API, as the SDK calls it. */
export type ManagementOperation = (typeof operations)[keyof typeof operations];

const operations = { POST: "PostToConnection", GET: "GetConnection", DELETE: "DeleteConnection" } as const;

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/**
 * The API Gateway Management API, as a listener of an HTTP server: writes to open sockets, describes and closes them. It
 * checks no signature, so it belongs on a port of its own, where no page looks for it.
 */
export function createManagementApi({ sockets, onCall }: ManagementApiOptions): RequestListener {
  async function answer(request: IncomingMessage): Promise<Answer> {
    const operation = operationOf(request.method ?? "");
    const connectionId = connectionIdOf(request.url ?? "");
    const body = await readBody(request);
    if (operation === undefined || connectionId === undefined) {
      return refusal(403, "ForbiddenException", "There is no such operation.");
    }
    onCall?.(operation, connectionId);
    if (operation === "PostToConnection" && body.length > maxMessageBytes) {
      return refusal(413, "PayloadTooLargeException", "The message is longer than 128 KB.");
    }
    const connection = sockets.find(connectionId);
    return connection ? call(operation, connection, body) : gone();
  }

  return (request, response) => {
    answer(request)
      .then((answered) => send(response, answered))
      .catch(() => response.destroy());
  };
}

async function call(
  operation: ManagementOperation,
  connection: Connection,
  body: Buffer | "too-large",
): Promise<Answer> {
  if (operation === "PostToConnection") {
    return connection.send(body).then(() => ({ status: 200 }), gone);
  }
  if (operation === "DeleteConnection") {
    connection.close(1000);
    return { status: 204 };
  }
  const { connectedAt, sourceIp, userAgent } = connection.peer;
  const identity = { sourceIp, userAgent };
  const lastActiveAt = timestamp(connection.lastActiveAt);
  return { status: 200, body: { connectedAt: timestamp(connectedAt), identity, lastActiveAt } };
}

function operationOf(method: string): ManagementOperation | undefined {
  return method === "POST" || method === "GET" || method === "DELETE" ? operations[method] : undefined;
}

function connectionIdOf(url: string): string | undefined {
  const [, encoded] = /^\/(?:@|%40)connections\/([^/?]+)$/.exec(url) ?? [];
  try {
    return encoded && decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function gone(): Answer {
  return refusal(410, "GoneException", "The connection is gone.");
}

function refusal(status: number, type: string, message: string): Answer {
  return { status, headers: { "x-amzn-ErrorType": type }, body: { message } };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, {
    "x-amzn-RequestId": randomUUID(),
    "Content-Type": "application/json",
    ...headers,
  });
  response.end(body && JSON.stringify(body));
}

function timestamp(time: number): string {
  return new Date(time).toISOString();
}
