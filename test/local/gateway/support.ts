import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { onTestFinished } from "vitest";
import type { StartGatewayOptions } from "../../../local/gateway/start-gateway.ts";
import { startGateway } from "../../../local/gateway/start-gateway.ts";
import type { LocalServer } from "../../../local/start-server.ts";

/** One invocation a test's function has seen. */
export interface SeenInvocation {
  readonly functionName: string;
  readonly event: APIGatewayProxyEvent;
  readonly context: Context;
}

/** A gateway for one test, whose every function notes its invocations and returns `result`. */
export async function gatewayReturning(
  result: unknown,
  options: Partial<StartGatewayOptions> = {},
): Promise<LocalServer & { seen: SeenInvocation[] }> {
  const seen: SeenInvocation[] = [];
  const gateway = await startGateway({
    invoke: async (functionName, event, context) => {
      seen.push({ functionName, event, context });
      return result as APIGatewayProxyResult;
    },
    ...options,
  });
  onTestFinished(() => gateway.close());
  return { ...gateway, seen };
}

/** What a client got. */
export interface Received {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly rawHeaders: string[];
  readonly body: Buffer;
}

/** One request with exactly these raw headers (name, value, name, value …), beside Host, and exactly these bytes. */
export async function send(
  gateway: LocalServer,
  method: string,
  path: string,
  { headers = [], body = "" }: { headers?: string[]; body?: string | Buffer } = {},
): Promise<Received> {
  const outgoing = request({
    host: "127.0.0.1",
    port: gateway.port,
    agent: false,
    method,
    path,
    headers: ["Host", "api.example.com", "Content-Length", String(Buffer.byteLength(body)), ...headers],
  });
  outgoing.end(body);
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    rawHeaders: response.rawHeaders,
    body: await buffer(response),
  };
}
