import { WebSocket } from "ws";
import type { ProbeClock } from "./probe-clock.ts";

/** An item of a chat, as far as the probe reads it. */
export interface ChatItem {
  readonly Id?: string;
  readonly Type?: string;
  readonly ContentType?: string;
  readonly Content?: string;
  readonly AbsoluteTime?: string;
  readonly Attachments?: readonly { readonly AttachmentId?: string; readonly Status?: string }[];
  readonly MessageMetadata?: { readonly MessageId?: string };
}

interface Frame {
  readonly topic?: string;
  readonly content?: unknown;
}

type Timing = { readonly clock: ProbeClock; readonly signal: AbortSignal };

/** Longest wait for the answer to a frame, in milliseconds of real time: a socket that says nothing counts as closed. */
const answerWithinMs = 5_000;

/** Pause between two looks for an item, in milliseconds. */
export const lookEveryMs = 250;

/** A customer's WebSocket, subscribed to its chat. */
export class ProbeSocket {
  readonly #socket: WebSocket;
  readonly #timing: Timing;
  readonly #items: { readonly item: ChatItem; readonly at: number }[] = [];
  readonly #waiting = new Set<(frame: Frame | undefined) => void>();

  /** Opens and subscribes; undefined where the service refuses, rejects where it cannot be reached. */
  static async open(url: string, timing: Timing): Promise<ProbeSocket | undefined> {
    const socket = new WebSocket(url, { handshakeTimeout: 2 * answerWithinMs });
    const probeSocket = new ProbeSocket(socket, timing);
    const opened = await new Promise<boolean>((resolve, reject) => {
      socket.once("open", () => resolve(true));
      socket.once("error", (error) => {
        if (/^Unexpected server response/.test(error.message)) resolve(false);
        else reject(error);
      });
    });
    if (!opened) return undefined;
    const isSubscribed = await probeSocket.#ask({
      topic: "aws/subscribe",
      content: { topics: ["aws/chat"] },
    });
    if (!isSubscribed) socket.terminate();
    return isSubscribed ? probeSocket : undefined;
  }

  private constructor(socket: WebSocket, timing: Timing) {
    this.#socket = socket;
    this.#timing = timing;
    socket.on("message", (data) => this.#hear(String(data)));
    socket.on("close", () => this.#tell(undefined));
    socket.on("error", () => socket.terminate());
  }

  /** Whether the service still answers on it. All that was sent before the answer has arrived by then. */
  isAlive(): Promise<boolean> {
    return this.#ask({ topic: "aws/ping" });
  }

  /** All items so far. */
  items(): readonly ChatItem[] {
    return this.#items.map(({ item }) => item);
  }

  /** The first item that fits and when it came, here already or within `milliseconds`; undefined where none comes. */
  async itemWithin(
    milliseconds: number,
    fits: (item: ChatItem) => boolean,
  ): Promise<{ readonly item: ChatItem; readonly at: number } | undefined> {
    const { clock, signal } = this.#timing;
    const until = clock.now() + milliseconds;
    for (;;) {
      const isAlive = await this.isAlive();
      const found = this.#items.find(({ item }) => fits(item));
      if (found || !isAlive || clock.now() >= until) return found;
      await clock.sleep(lookEveryMs, signal);
    }
  }

  /** Ends it at once. */
  close(): void {
    this.#socket.terminate();
  }

  /** Sends a frame and waits for the answer of its topic; false where the socket closes or stays silent instead. */
  #ask(frame: Frame): Promise<boolean> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve(false);
    return new Promise((resolve) => {
      const done = (isAnswered: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(isAnswered);
      };
      const look = (answer: Frame | undefined) => {
        if (!answer || answer.topic === frame.topic) done(answer !== undefined);
      };
      const timer = setTimeout(done, answerWithinMs, false);
      this.#waiting.add(look);
      this.#socket.send(JSON.stringify(frame));
    });
  }

  #hear(text: string): void {
    const frame: Frame = JSON.parse(text);
    if (frame.topic === "aws/chat" && typeof frame.content === "string") {
      this.#items.push({ item: JSON.parse(frame.content), at: this.#timing.clock.now() });
    }
    this.#tell(frame);
  }

  #tell(frame: Frame | undefined): void {
    for (const look of [...this.#waiting]) look(frame);
  }
}
