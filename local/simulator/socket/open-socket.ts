import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocketServer } from "ws";
import { timestamp } from "../clock.ts";
import { underFaults } from "../http/under-faults.ts";
import type { Services } from "../services.ts";
import { socketPath } from "./socket-path.ts";

/** Answers the opening of a socket: 101 for the one use of a fresh ticket, else 403. */
export async function openSocket(
  server: WebSocketServer,
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
  services: Services,
): Promise<void> {
  const { timeline, clock, requests, faults, sockets } = services;
  stream.on("error", () => stream.destroy());
  const entry = requests.add({
    time: timestamp(clock.now()),
    service: "websocket",
    operation: "OpenSocket",
    status: 0,
    tokenKind: "none",
  });
  const url = new URL(request.url ?? "/", "http://localhost");
  const { answer, cut } = await underFaults(faults.take("OpenSocket"), "websocket", false, function accept() {
    timeline.settle();
    return { status: 101, headers: {}, body: "" };
  });
  if (cut) {
    stream.destroy();
    return;
  }
  const caller =
    answer.status === 101 && url.pathname === socketPath
      ? sockets.admit(url.searchParams.get("token") ?? "")
      : undefined;
  entry.status = caller || answer.status !== 101 ? answer.status : 403;
  if (!caller) {
    stream.end(`HTTP/1.1 ${entry.status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    return;
  }
  entry.contactId = caller.contact.contactId;
  server.handleUpgrade(request, stream, head, (socket) => sockets.serve(socket, caller));
}
