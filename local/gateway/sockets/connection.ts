import type { WebSocket } from "ws";
import type { GatewayClock } from "../clock.ts";
import type { Peer } from "./socket-event.ts";

/** API Gateway's quota for silence in both directions, in milliseconds. */
const idleMs = 10 * 60_000;

/** API Gateway's quota for a connection's whole life, in milliseconds. */
const lifeMs = 2 * 60 * 60_000;

/** An open socket, as the management API sees it: who is at its other end, how to write to it, how to close it. */
export class Connection {
  readonly peer: Peer;
  readonly #socket: WebSocket;
  readonly #clock: GatewayClock;
  #lastActiveAt: number;
  #closedWith: number | undefined;

  constructor(peer: Peer, socket: WebSocket, clock: GatewayClock) {
    this.peer = peer;
    this.#socket = socket;
    this.#clock = clock;
    this.#lastActiveAt = clock.now();
  }

  /** False as soon as either side has begun to close. */
  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** When the last message went either way, in milliseconds since the epoch. */
  get lastActiveAt(): number {
    return this.#lastActiveAt;
  }

  /** The code this side closed it with; undefined where the client was first. */
  get closedWith(): number | undefined {
    return this.#closedWith;
  }

  /** Notes that a message went over it. */
  touch(): void {
    this.#lastActiveAt = this.#clock.now();
  }

  /**
   * Sends one text message; resolves when it has left this process.
   *
   * @throws Error if the socket is gone
   */
  async send(text: Buffer | string): Promise<void> {
    this.touch();
    await new Promise<void>((resolve, reject) => {
      this.#socket.send(text, { binary: false }, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Closes it with a WebSocket close code. */
  close(code: number, reason = ""): void {
    this.#closedWith ??= code;
    this.#socket.close(code, reason);
  }

  /** Drops it without a word. */
  drop(): void {
    this.#socket.terminate();
  }

  /** Closes it when it has been silent or open for as long as API Gateway lets one be; ends when `signal` aborts. */
  async closeWhenDue(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const due = Math.min(this.#lastActiveAt + idleMs, this.peer.connectedAt + lifeMs);
      const left = due - this.#clock.now();
      if (left <= 0) {
        return this.close(1001, "Going away");
      }
      await this.#clock.sleep(left, signal).catch(() => {});
    }
  }
}
