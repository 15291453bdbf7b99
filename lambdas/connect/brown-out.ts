import { ChatError } from "../errors.ts";

/**
 * Mean time that an operation is left alone, in milliseconds, give or take a quarter, so at most a second: containers
 * must not come back all at once.
 */
export const brownOutMs = 800;

/**
 * Failed calls in a row, throttling apart, before an operation is left alone: two that Connect fails for what they
 * are cost others nothing. Whose they were is not looked at.
 */
const failuresBefore = 3;

/** What is told while the probe is on its way, in milliseconds. */
const soonestMs = 100;

/**
 * A circuit breaker: an operation of Connect's that is left alone for a moment once it throttles or fails, as this
 * container sees it: what is sent into a service that cannot take it keeps it from recovering, and uses up a quota
 * that others share. Afterwards one call, without a second try, finds out whether it is over.
 */
export class BrownOut {
  #until = 0;
  #failures = 0;
  #cause: ChatError | undefined;
  #isProbing = false;

  /**
   * Lets a call pass.
   *
   * @returns whether it is the probe, as of a half-open circuit breaker; it has to end in one of the methods below
   * @throws {ChatError} what the operation last failed with, and when to come again
   */
  enter(now: number): { readonly isProbe: boolean } {
    if (this.#cause === undefined) return { isProbe: false };
    if (now < this.#until || this.#isProbing) throw refusal(this.#cause, this.#until - now);
    this.#isProbing = true;
    return { isProbe: true };
  }

  /** Connect took the call, or refused it for what it was. */
  succeeded(): void {
    this.#failures = 0;
    this.#cause = undefined;
    this.#isProbing = false;
  }

  /** Connect throttled the call, or failed. */
  failed(cause: ChatError, now: number): void {
    this.#failures++;
    this.#isProbing = false;
    const isThrottling = cause.type === "ThrottlingException";
    if (!isThrottling && this.#cause === undefined && this.#failures < failuresBefore) return;
    this.#cause = cause;
    this.#until = now + brownOutMs * (0.75 + Math.random() / 2);
  }
}

function refusal(cause: ChatError, remainingMs: number): ChatError {
  return new ChatError(cause.type, cause.reason, cause.message, {
    status: cause.status,
    retryAfterMs: Math.max(soonestMs, remainingMs),
    detail: "left alone for a moment: Connect throttled or failed",
  });
}
