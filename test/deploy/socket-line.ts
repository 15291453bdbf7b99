import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type RawData, WebSocket, WebSocketServer } from "ws";

/** One socket that was opened over the line. */
export interface LineSocket {
  /** Path and query string that it was opened with. */
  readonly address: string;
  /** What its client received, word for word. */
  readonly received: readonly string[];
  /** Whether both sides still have it. */
  readonly isOpen: boolean;
}

/** A line for sockets, which keeps what clients receive on it. */
export interface SocketLine {
  readonly url: string;
  /** All that were opened; those that were refused are not among them. */
  readonly sockets: readonly LineSocket[];
  /** Cuts those whose address contains the text, on both sides and without a word, as a lost network does. */
  drop(text: string): void;
  close(): Promise<void>;
}

/** Starts one to the WebSocket APIs that are served on this machine. A refusal reaches the client with its status. */
export async function startSocketLine(port: number): Promise<SocketLine> {
  const sockets: CarriedSocket[] = [];
  const front = new WebSocketServer({ noServer: true });
  const server = createServer().on("upgrade", (request, stream, head) => {
    const { url: address = "", headers } = request;
    const origin = headers.origin && { origin: headers.origin };
    const behind = new WebSocket(`ws://127.0.0.1:${port}${address}`, { headers: { ...origin } });
    const early: RawData[] = [];
    const keepEarly = (data: RawData) => early.push(data);
    behind.on("message", keepEarly);
    behind.once("unexpected-response", (_, { statusCode }) => {
      stream.end(`HTTP/1.1 ${statusCode} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    });
    behind.on("error", () => stream.destroy());
    behind.once("open", () => {
      front.handleUpgrade(request, stream, head, (client) => {
        const socket = new CarriedSocket(address, client, behind);
        sockets.push(socket);
        behind.off("message", keepEarly);
        for (const data of early) socket.carry(data);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    drop: (text) => {
      for (const socket of sockets.filter(({ address }) => address.includes(text))) socket.cut();
    },
    close: async () => {
      for (const socket of sockets) socket.cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class CarriedSocket implements LineSocket {
  readonly address: string;
  readonly received: string[] = [];
  readonly #client: WebSocket;
  readonly #behind: WebSocket;

  constructor(address: string, client: WebSocket, behind: WebSocket) {
    this.address = address;
    this.#client = client;
    this.#behind = behind;
    client.on("message", (data) => behind.send(String(data)));
    behind.on("message", (data) => this.carry(data));
    client.on("close", () => behind.close());
    behind.on("close", () => client.close());
    client.on("error", () => behind.terminate());
  }

  get isOpen(): boolean {
    return [this.#client, this.#behind].every(({ readyState }) => readyState === WebSocket.OPEN);
  }

  carry(data: RawData): void {
    this.received.push(String(data));
    this.#client.send(String(data));
  }

  cut(): void {
    this.#client.terminate();
    this.#behind.terminate();
  }
}
