/** What a request to a session comes to. */
export type Expected = "admitted" | "denied" | { readonly retryAfterMs: number };

/** What asking for the right to disconnect comes to; `open`: somebody else has it. */
export type DisconnectOutcome = "mine" | "open" | "ended" | "limited" | "denied";

/** A limit, as the model has it. */
export interface ModelLimit {
  readonly intervalMs: number;
  readonly burst: number;
}

/** What asking for a socket comes to. */
export type SocketOutcome = "open" | "refused";

const idleMs = 3_600_000;
const socketLifeMs = 7_200_000;
const mostSockets = 5;

/**
 * The session as its rules say, in plain sequential code that shares nothing with the product: a bucket of arrivals
 * instead of conditions, one request after the other instead of races.
 */
export class SessionModel {
  ended = false;
  generation = 1;
  idleAt: number;
  /** Until when an open socket keeps the connection handle alive; 0 without one. */
  markedUntil = 0;
  version = 0;
  #endsAt: number;
  #nextArrival = new Map<string, number>();
  #leaseUntil = 0;
  #noRenewalUntil = 0;
  #disconnectingUntil = 0;
  /** The latest end of each open socket. */
  #sockets = new Map<string, number>();

  constructor(now: number, durationMs: number) {
    this.#endsAt = now + durationMs;
    this.idleAt = now + idleMs;
  }

  /** A connection handle of `generation` (0: a wrong secret) asks for one unit of a cell. */
  use(now: number, generation: number, cell: string, limit: ModelLimit): Expected {
    if (generation !== this.generation || this.#isOver(now) || this.#isIdle(now)) return "denied";
    return this.#take(now, cell, limit);
  }

  /** A participant handle asks for a connection; an idle connection handle gets its successor. */
  connect(now: number, rightSecret: boolean, limit: ModelLimit): Expected {
    if (!rightSecret || this.#isOver(now)) return "denied";
    const idle = this.#isIdle(now);
    const taken = this.#take(now, "connection", limit);
    if (taken === "admitted" && idle) this.generation += 1;
    return taken;
  }

  /** Somebody asks for the right to renew the token of `version`. */
  lease(now: number, version: number, leaseMs: number): boolean {
    const free = this.#leaseUntil <= now && this.#noRenewalUntil <= now;
    if (this.ended || version !== this.version || !free) return false;
    this.#leaseUntil = now + leaseMs;
    return true;
  }

  /** Somebody stores the successor of the token of `version`. */
  store(version: number, noRenewalUntil: number): void {
    if (this.ended || version !== this.version) return;
    this.version += 1;
    this.#leaseUntil = 0;
    this.#noRenewalUntil = noRenewalUntil;
  }

  /** A connection handle asks for the right to disconnect. */
  disconnect(now: number, generation: number, leaseMs: number, limit: ModelLimit): DisconnectOutcome {
    if (generation !== this.generation || now >= this.#endsAt) return "denied";
    if (this.ended) return "ended";
    if (this.#isIdle(now)) return "denied";
    const idleAt = this.idleAt;
    const arrival = this.#nextArrival.get("disconnect");
    if (this.#take(now, "disconnect", limit) !== "admitted") return "limited";
    this.idleAt = idleAt;
    if (this.#disconnectingUntil > now) {
      this.#nextArrival.set("disconnect", arrival ?? 0);
      return "open";
    }
    this.#disconnectingUntil = now + leaseMs;
    return "mine";
  }

  /** Somebody comes with a good ticket. */
  open(now: number, socket: string): SocketOutcome {
    if (this.#isOver(now) || this.#openSockets(now) >= mostSockets) return "refused";
    this.markedUntil = now + socketLifeMs;
    this.#sockets.set(socket, this.markedUntil);
    return "open";
  }

  /** A socket is gone; it may have been gone before. */
  close(now: number, socket: string): void {
    const wasThere = this.#sockets.delete(socket);
    if (!wasThere || this.ended || this.markedUntil === 0 || this.#openSockets(now) > 0) return;
    this.markedUntil = 0;
    this.idleAt = now + idleMs;
  }

  /** The chat is over, and nothing keeps its handle alive. */
  end(): void {
    this.ended = true;
    this.markedUntil = 0;
  }

  #isIdle(now: number): boolean {
    return now >= this.idleAt && now >= this.markedUntil;
  }

  #openSockets(now: number): number {
    return [...this.#sockets.values()].filter((end) => end > now).length;
  }

  #isOver(now: number): boolean {
    return this.ended || now >= this.#endsAt;
  }

  #take(now: number, cell: string, { intervalMs, burst }: ModelLimit): Expected {
    const arrival = Math.max(now, this.#nextArrival.get(cell) ?? 0);
    const early = arrival - now - intervalMs * (burst - 1);
    if (early > 0) return { retryAfterMs: early };
    this.#nextArrival.set(cell, arrival + intervalMs);
    this.idleAt = now + idleMs;
    return "admitted";
  }
}
