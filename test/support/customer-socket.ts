import { once } from "node:events";
import { WebSocket } from "ws";

/** An item of a chat, as a socket carries it. */
export type ChatItem = Readonly<Record<string, unknown>>;

/** A customer's socket, subscribed to its chat. */
export interface CustomerSocket {
  /** Items received so far. */
  readonly items: readonly ChatItem[];
  close(): void;
}

/** Opens a chat's socket and subscribes, as every chat client does; resolves once the subscription is confirmed. */
export async function openSocket(url: string): Promise<CustomerSocket> {
  const socket = new WebSocket(url);
  const items: ChatItem[] = [];
  await once(socket, "open");
  const subscribed = new Promise<void>((resolve) => {
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as { topic: string; content?: string };
      if (frame.topic === "aws/subscribe") resolve();
      if (frame.topic === "aws/chat") items.push(JSON.parse(frame.content ?? "{}") as ChatItem);
    });
  });
  socket.send(JSON.stringify({ topic: "aws/subscribe", content: { topics: ["aws/chat"] } }));
  await subscribed;
  return { items, close: () => socket.close() };
}
