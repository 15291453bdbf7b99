import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { startServer } from "../../../local/start-server.ts";

/** One socket, as API Gateway has it. */
export interface PostedSocket {
  /** What was posted to it, in order. */
  readonly frames: readonly PostedFrame[];
  readonly isOpen: boolean;
}

/** A frame, and when it was posted by the socket's clock. */
export interface PostedFrame {
  readonly at: number;
  readonly text: string;
}

/** API Gateway's management API on sockets that nobody is at the other end of. */
export interface PostedFrames {
  /** Endpoint, without a trailing slash. */
  readonly url: string;
  /** Opens a socket; `onClose` is told when it is closed from this side. */
  open(connectionId: string, clock: { now(): number }, onClose: () => void): PostedSocket;
  /** Forgets a socket. */
  forget(connectionId: string): void;
  close(): Promise<void>;
}

interface Entry {
  readonly frames: PostedFrame[];
  readonly clock: { now(): number };
  readonly onClose: () => void;
  isOpen: boolean;
}

/** Starts one on a free port of 127.0.0.1. */
export async function startPostedFrames(): Promise<PostedFrames> {
  const sockets = new Map<string, Entry>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const frame = await text(request);
    const connectionId = decodeURIComponent((request.url ?? "").replace(/^.*\//, ""));
    const socket = sockets.get(connectionId);
    if (!socket?.isOpen) {
      response.writeHead(410, { "x-amzn-ErrorType": "GoneException", "Content-Type": "application/json" });
      return void response.end("{}");
    }
    if (request.method === "DELETE") {
      socket.isOpen = false;
      socket.onClose();
    } else {
      socket.frames.push({ at: socket.clock.now(), text: frame });
    }
    response.writeHead(request.method === "DELETE" ? 204 : 200).end();
  }

  const server = await startServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  }, 0);
  return {
    url: server.url,
    open: (connectionId, clock, onClose) => {
      const socket: Entry = { frames: [], clock, onClose, isOpen: true };
      sockets.set(connectionId, socket);
      return socket;
    },
    forget: (connectionId) => {
      sockets.delete(connectionId);
    },
    close: server.close,
  };
}
