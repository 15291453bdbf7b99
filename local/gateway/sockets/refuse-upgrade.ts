import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Answers an upgrade request with a status alone and hangs up. */
export function refuseUpgrade(stream: Duplex, status: number): void {
  const line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}`;
  stream.end(`${line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

/**
 * Whether an upgrade request is a WebSocket handshake that `ws` would complete. Asked before `$connect` runs: a
 * function must not be told of a socket that can never open.
 */
export function isHandshake({ method, headers }: IncomingMessage): boolean {
  const key = headers["sec-websocket-key"] ?? "";
  return method === "GET" && /^[+/\w]{22}==$/.test(key) && headers["sec-websocket-version"] === "13";
}
