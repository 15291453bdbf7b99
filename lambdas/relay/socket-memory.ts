import type { SocketRecord } from "./relay-store.ts";

/** Sockets remembered: a few hundred bytes each. */
const maximumEntries = 5_000;

/**
 * The sockets that were opened in this container: it saves the database call that would find the chat of a socket.
 * Forgetting is always safe.
 */
export class SocketMemory {
  readonly #records = new Map<string, SocketRecord>();

  /** Undefined when nothing is remembered. */
  recall(connectionId: string): SocketRecord | undefined {
    return this.#records.get(connectionId);
  }

  /** Remembers a socket; where the memory is full, the oldest makes room. */
  learn(connectionId: string, record: SocketRecord): void {
    this.#records.set(connectionId, record);
    const oldest = this.#records.size > maximumEntries ? this.#records.keys().next().value : undefined;
    if (oldest !== undefined) this.#records.delete(oldest);
  }

  forget(connectionId: string): void {
    this.#records.delete(connectionId);
  }
}
