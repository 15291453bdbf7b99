import { ChatError } from "../errors.ts";
import type { Cell } from "../rate-limits/limits.ts";
import { type AdmissionServices, admissionTerms, admit, type Besides } from "./admit.ts";
import type { Handle } from "./handle.ts";
import type { Session } from "./session.ts";

/**
 * Admits a request or refuses it, from memory where this container knows the cell to be exhausted.
 *
 * @throws {ChatError} 429 `RateLimited` beyond the limit, and what {@link admit} throws
 */
export async function admitWithinLimit(
  services: AdmissionServices,
  handle: Handle,
  cell: Cell,
  besides?: Besides,
): Promise<{ readonly session: Session }> {
  refuseExhausted(services, handle, cell);
  const admission = await admit(services, handle, cell, besides);
  if (!admission.admitted) throw rateLimited(admission.retryAfterMs);
  return admission;
}

/** Refuses what this container knows to be beyond its limit, without a call. @throws {ChatError} 429 `RateLimited` */
export function refuseExhausted(services: AdmissionServices, handle: Handle, cell: Cell): void {
  const exhaustedFor = services.memory.exhaustedFor(admissionTerms(services, handle, cell));
  if (exhaustedFor !== undefined) throw rateLimited(exhaustedFor);
}

/** The 429 of our own limits, with the very moment from which the next request is let through. */
export function rateLimited(retryAfterMs: number): ChatError {
  return new ChatError(
    "ThrottlingException",
    "RateLimited",
    "Too many requests in this chat. Try again in a moment.",
    { retryAfterMs },
  );
}
