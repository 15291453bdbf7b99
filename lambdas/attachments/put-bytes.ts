import { once } from "node:events";
import { type IncomingMessage, request as requestOverHttp } from "node:http";
import { request as requestOverHttps } from "node:https";
import type { UploadMetadata } from "@aws-sdk/client-connectparticipant";
import { unavailable } from "../errors.ts";

/**
 * Puts a file where Connect says, with all of Connect's headers. Not with fetch, which would copy the bytes first.
 *
 * @returns the status
 * @throws {ChatError} 503 without an answer
 */
export async function putBytes(
  { Url, HeadersToInclude }: UploadMetadata,
  bytes: Buffer,
  signal: AbortSignal,
): Promise<number> {
  if (Url === undefined) throw unavailable("Connect's answer lacks the Url");
  const send = Url.startsWith("https:") ? requestOverHttps : requestOverHttp;
  const headers = Object.fromEntries(
    Object.entries(HeadersToInclude ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  headers["content-length"] = String(bytes.length);
  try {
    const request = send(Url, { method: "PUT", headers, signal });
    request.end(bytes);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    response.resume();
    return response.statusCode ?? 0;
  } catch (error) {
    throw unavailable("no answer from Connect's file store", error);
  }
}
