import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import type { ChatItem } from "./customer-socket.ts";

/** The subscription as chatjs sends it. */
export const subscription = JSON.stringify({ topic: "aws/subscribe", content: { topics: ["aws/chat"] } });

/** A socket of the relay, whatever is said on it. */
export interface RelaySocket {
  /** Every frame received, word for word. */
  readonly frames: readonly string[];
  /** The items among them. */
  readonly items: readonly ChatItem[];
  /** The code it was closed with; undefined while it is open. */
  readonly closedWith: number | undefined;
  send(frame: string | Buffer): void;
  close(): void;
  /** Drops it without a word. */
  drop(): void;
}

/** Opens a socket and says nothing on it. @throws Error with the status when it is refused */
export async function openRelaySocket(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RelaySocket> {
  const socket = new WebSocket(url, { headers });
  const frames: string[] = [];
  let closedWith: number | undefined;
  socket.on("message", (data) => frames.push(String(data)));
  socket.on("close", (code) => {
    closedWith = code;
  });
  await once(socket, "open");
  socket.on("error", () => undefined);
  return {
    frames,
    get items() {
      return frames.flatMap(itemOf);
    },
    get closedWith() {
      return closedWith;
    },
    send: (frame) => socket.send(frame),
    close: () => socket.close(),
    drop: () => socket.terminate(),
  };
}

/** Opens a socket and subscribes; resolves once the subscription is confirmed. */
export async function openSubscribed(url: string): Promise<RelaySocket> {
  const socket = await openRelaySocket(url);
  socket.send(subscription);
  while (socket.frames.length === 0) await new Promise((resolve) => setImmediate(resolve));
  return socket;
}

/** The status a handshake is answered with: 101 where the socket opens, which is then closed. */
export async function handshakeStatus(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const socket = new WebSocket(url, { headers });
  socket.on("error", () => undefined);
  return new Promise((resolve) => {
    socket.on("upgrade", ({ statusCode }: IncomingMessage) => resolve(statusCode ?? 0));
    socket.on("open", () => socket.close());
    socket.on("unexpected-response", (request, { statusCode }: IncomingMessage) => {
      request.destroy();
      resolve(statusCode ?? 0);
    });
  });
}

function itemOf(frame: string): ChatItem[] {
  const { topic, content } = JSON.parse(frame) as { topic?: string; content?: string };
  return topic === "aws/chat" && content !== undefined ? [JSON.parse(content) as ChatItem] : [];
}
