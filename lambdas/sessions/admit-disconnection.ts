import { accessDenied, unavailable } from "../errors.ts";
import type { Conformance } from "../rate-limits/gcra.ts";
import { type AdmissionServices, admissionTerms } from "./admit.ts";
import { rateLimited } from "./admit-within-limit.ts";
import type { Handle } from "./handle.ts";
import { judgeSession } from "./judge-session.ts";
import { isHeld, newLease } from "./lease.ts";
import { openSession, type Session } from "./session.ts";
import { disconnection } from "./session-admission.ts";

/** How long one request may hold the right to disconnect, in milliseconds: longer than the function that asks lives. */
const leaseMs = 12_000;

/**
 * When the others look whether it is done, in milliseconds: after a quarter of a second, each time twice as late, up
 * to a second; they take nothing from a cell, so what they cost is bounded here.
 */
const firstPollMs = 250;
const longestPollMs = 1_000;
const longestWaitMs = 3_000;

/**
 * Lets one request disconnect the participant. The others wait for it; once the chat has ended, the same handle is
 * answered from state, with no limit.
 *
 * @returns undefined when there is nothing left to do
 * @throws {ChatError} 403 for a handle that opens nothing; 429 when Connect was asked, and failed, too often; 503 when the
 * request that disconnects does not come to an end
 */
export async function admitDisconnection(
  services: AdmissionServices,
  handle: Handle,
  signal: AbortSignal,
): Promise<Session | undefined> {
  let branch: Conformance = "idle";
  const giveUpAt = services.clock.now() + longestWaitMs;
  for (let pollMs = firstPollMs; services.clock.now() < giveUpAt; ) {
    const terms = admissionTerms(services, handle, "disconnect");
    const lease = newLease(terms.now, leaseMs);
    const update = disconnection(terms, branch, lease);
    const { applied, item } = await services.sessions.update(handle.selector, update);
    if (item && (applied || item.dl === lease)) return openSession(item, handle);
    const verdict = judgeSession(item, terms);
    if (verdict.kind === "denied") throw accessDenied(verdict.detail);
    if (verdict.kind === "ended") return undefined;
    if (verdict.kind === "limited") throw rateLimited(verdict.retryAfterMs);
    branch = verdict.branch;
    if (!isHeld(item?.dl, terms.now)) continue;
    await services.clock.sleep(pollMs, signal).catch((cause: unknown) => {
      throw unavailable("no time left to wait for the disconnection under way", cause);
    });
    pollMs = Math.min(longestPollMs, pollMs * 2);
  }
  throw unavailable("the disconnection under way did not end in time");
}
