import { conformance } from "../rate-limits/gcra.ts";
import type { Limit } from "../rate-limits/limits.ts";

/** Chat clients send two frames every ten seconds, and three when they open a socket. */
const frameLimit: Limit = { intervalMs: 500, burst: 20 };

/** Sockets counted: a hundred bytes each. */
const maximumEntries = 10_000;

/**
 * Counts the frames of each socket in this container. A socket that floods costs its owner nothing and us an
 * invocation per frame, and AWS WAF does not protect WebSocket APIs. Best effort: each container counts for itself.
 */
export class FrameMeter {
  readonly #tats = new Map<string, number>();

  /** Counts a frame; false for one too many. */
  takes(connectionId: string, now: number): boolean {
    const tat = this.#tats.get(connectionId) ?? 0;
    if (conformance(frameLimit, tat, now) === undefined) return false;
    this.#tats.delete(connectionId);
    this.#tats.set(connectionId, Math.max(tat, now) + frameLimit.intervalMs);
    const oldest = this.#tats.size > maximumEntries ? this.#tats.keys().next().value : undefined;
    if (oldest !== undefined) this.#tats.delete(oldest);
    return true;
  }
}
