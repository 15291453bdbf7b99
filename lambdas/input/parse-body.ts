import type { APIGatewayProxyEvent } from "aws-lambda";
import { parse } from "secure-json-parse";
import { invalid } from "../errors.ts";

/**
 * Largest body, in bytes: 16,384 characters of content, each an escaped surrogate pair (12 bytes), and room for the
 * rest. Also above the 32,768 bytes of attributes a start may carry.
 */
const maximumBytes = 262_144;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The JSON of a request's body, whatever its Content-Type says: browsers send it as text/plain to avoid a preflight.
 * Members that are null count as absent, as AWS's protocols have it. No body is `{}`.
 *
 * @throws {ChatError} 400 `InputTooLarge`, or `InvalidJson` for anything that is not well-formed JSON in UTF-8,
 * carries a byte order mark, a member that would reach an object's prototype, or more levels than can be walked
 * ({@link withoutNull} is called for each)
 */
export function parseBody({ body, isBase64Encoded }: APIGatewayProxyEvent): unknown {
  if (!body) return {};
  if (
    body.length > maximumBytes * 2 ||
    Buffer.byteLength(body) > maximumBytes * (isBase64Encoded ? 4 / 3 : 1)
  ) {
    throw invalid("InputTooLarge", "The request body is too large.");
  }
  try {
    const text = isBase64Encoded ? decodeBase64(body) : body;
    if (text.startsWith("\uFEFF")) throw new SyntaxError("byte order mark");
    return parse(text, withoutNull);
  } catch {
    throw invalid("InvalidJson", "The request body is not valid JSON.");
  }
}

function decodeBase64(body: string): string {
  if (!base64.test(body)) throw new SyntaxError("not base64");
  return utf8.decode(Buffer.from(body, "base64"));
}

function withoutNull(_name: string, value: unknown): unknown {
  return value === null ? undefined : value;
}
