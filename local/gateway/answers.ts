import type { ServerResponse } from "node:http";
import type { APIGatewayProxyResult } from "aws-lambda";
import { type GatewayResponse, gatewayResponses } from "../../lambdas/gateway-responses.ts";
import { responseHeaders } from "../../lambdas/response-headers.ts";

/** A function's answer that API Gateway would not pass on. */
export class MalformedResult extends Error {
  override readonly name = "MalformedResult";
}

/** Name of an error the gateway makes itself, as API Gateway calls its response types. */
export type GatewayResponseName = keyof typeof gatewayResponses;

/** Headers of the connection: the gateway's to set, whatever a function says. */
const ownHeaders = new Set(["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"]);

/**
 * Sends what a function returned, by the rules of Lambda proxy integrations: `headers` and `multiValueHeaders` become
 * one list, a pair in both counts once; a base64 body is decoded; the type is application/json unless the function
 * says otherwise.
 *
 * @throws MalformedResult if it is no such result; nothing has been sent then
 */
export function sendResult(response: ServerResponse, requestId: string, result: unknown): void {
  const { statusCode, headers, body } = readResult(result);
  try {
    for (const [name, values] of headers) {
      response.setHeader(name, values);
    }
  } catch (error) {
    for (const name of response.getHeaderNames()) {
      response.removeHeader(name);
    }
    throw new MalformedResult("A header of the result cannot be sent.", { cause: error });
  }
  response.setHeader("x-amzn-RequestId", requestId);
  response.statusCode = statusCode;
  response.end(body);
}

/** Sends an error the gateway makes itself, in the shape and with the headers the deployed one gives it. */
export function sendGatewayResponse(
  response: ServerResponse,
  requestId: string,
  name: GatewayResponseName,
): void {
  const { status, type, message, reason }: GatewayResponse = gatewayResponses[name];
  const body = JSON.stringify({ __type: type, message, reason });
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    "x-amzn-RequestId": requestId,
    "x-amzn-ErrorType": type,
    ...responseHeaders("*"),
    ...(status === 429 || status === 503 ? { "Retry-After": "1" } : {}),
  });
  response.end(body);
}

interface ReadableResult {
  statusCode: number;
  headers: ReadonlyMap<string, string[]>;
  body: Buffer;
}

function readResult(result: unknown): ReadableResult {
  if (typeof result !== "object" || result === null) {
    throw new MalformedResult("The result is no object.");
  }
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } =
    result as Partial<APIGatewayProxyResult>;
  if (!Number.isInteger(statusCode) || statusCode === undefined || statusCode < 200 || statusCode > 599) {
    throw new MalformedResult("The result's statusCode is no status from 200 to 599.");
  }
  if (body !== undefined && body !== null && typeof body !== "string") {
    throw new MalformedResult("The result's body is no string.");
  }
  return {
    statusCode,
    headers: mergeHeaders(headers ?? {}, multiValueHeaders ?? {}),
    body: Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8"),
  };
}

type Value = string | number | boolean;

function mergeHeaders(
  single: Readonly<Record<string, Value>>,
  multi: Readonly<Record<string, Value[]>>,
): Map<string, string[]> {
  const merged = new Map<string, string[]>();
  const sent = [
    ...Object.entries(multi),
    ...Object.entries(single).map(([name, value]) => [name, [value]] as const),
  ];
  for (const [name, values] of sent) {
    const lower = name.toLowerCase();
    if (!ownHeaders.has(lower)) {
      merged.set(lower, [...new Set([...(merged.get(lower) ?? []), ...values.map(String)])]);
    }
  }
  if (!merged.has("content-type")) {
    merged.set("content-type", ["application/json"]);
  }
  return merged;
}
