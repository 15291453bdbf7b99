import type { IncomingMessage } from "node:http";

/** API Gateway's limit for a request's payload, in bytes. */
export const maxBodyBytes = 10 * 1024 * 1024;

/**
 * Reads a request to its end.
 *
 * @returns the body, or `too-large` if it is longer than {@link maxBodyBytes}; the rest was then read and dropped, for
 *   a client that is still sending hears no answer
 * @throws Error if the client hangs up first
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | "too-large"> {
  let chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBodyBytes) {
      chunks = [];
    } else {
      chunks.push(chunk);
    }
  }
  return length > maxBodyBytes ? "too-large" : Buffer.concat(chunks);
}
