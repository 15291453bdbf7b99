import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { S3Error } from "../simulator/s3/s3-error.ts";

/** A request as the embedded S3 sees it, its body read. */
export interface S3Request {
  readonly method: string;
  /** Decoded, with its first slash: `/bucket/uploads/a b`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Reads a request. The path is taken as it came: a URL object would resolve `..`, which is a key like any other to S3.
 *
 * @throws Error where the client hangs up half-way
 * @throws {S3Error} 400 where the path is not well-formed
 */
export async function readRequest(request: IncomingMessage): Promise<S3Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [path = "", query = ""] = (request.url ?? "").split(/\?(.*)/s);
  return {
    method: request.method ?? "",
    path: decode(path),
    query: new URLSearchParams(query),
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new S3Error(400, "InvalidURI", "Couldn't parse the specified URI.");
  }
}
