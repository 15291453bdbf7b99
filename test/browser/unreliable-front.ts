import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";

/** How sockets fare: refused, closed as soon as they are open, open and silent, the handshake never answered, or well. */
export type Fate = "refused" | "closed at once" | "silent" | "never answered" | "well";

/** What stands before the sockets of a chat, as a network does. */
export interface UnreliableFront {
  /** To be handed out as the address of the relay. */
  readonly url: string;
  /** Decides how the sockets of a chat fare from now on. Those that fared badly are reset when all is well again. */
  decide(contactId: string, fate: Fate): void;
  /** Where sockets that fare well lead. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startUnreliableFront(): Promise<UnreliableFront> {
  const fates = new Map<string, Fate>();
  const streams = new Set<Duplex>();
  const stuck = new Map<string, Duplex[]>();
  const sockets = new WebSocketServer({ noServer: true });
  let target = 0;
  const server = createServer();
  server.on("connection", (stream) => streams.add(stream));
  server.on("upgrade", (request, stream, head) => {
    const contactId = /ticket=([^.]*)/.exec(request.url ?? "")?.[1] ?? "";
    const fate = fates.get(contactId) ?? "well";
    if (fate !== "well") stuck.set(contactId, [...(stuck.get(contactId) ?? []), stream]);
    if (fate === "never answered") return;
    if (fate === "refused")
      stream.end("HTTP/1.1 403 Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    else if (fate === "well") streams.add(passOn(request, stream, head, target));
    else
      sockets.handleUpgrade(request, stream, head, (socket) => {
        if (fate === "closed at once") socket.close();
      });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/relay`,
    decide: (contactId, fate) => {
      fates.set(contactId, fate);
      if (fate !== "well") return;
      for (const stream of stuck.get(contactId) ?? []) stream.destroy();
    },
    leadTo: (port) => {
      target = port;
    },
    close: async () => {
      for (const stream of streams) stream.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function passOn({ url, rawHeaders }: IncomingMessage, stream: Duplex, head: Buffer, port: number): Socket {
  const onward = connect(port, "127.0.0.1");
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  onward.write(`GET ${url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  onward.write(head);
  stream.pipe(onward).pipe(stream);
  for (const end of [stream, onward]) end.on("error", () => [stream, onward].map((each) => each.destroy()));
  return onward;
}
