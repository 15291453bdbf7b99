import { accessDenied, unavailable } from "../errors.ts";
import { type AdmissionServices, admissionTerms } from "./admit.ts";
import type { Handle } from "./handle.ts";
import { judgeSession } from "./judge-session.ts";
import { openSession, type Session } from "./session.ts";
import { disconnection } from "./session-item.ts";

/** How long one request may hold the right to disconnect, in milliseconds: longer than the function that asks lives. */
const leaseMs = 12_000;

/** How often the others look whether it is done, in milliseconds. */
const pollMs = 150;

/**
 * Lets one request disconnect the participant. The others wait for it; once the chat has ended, the same handle is
 * answered from state.
 *
 * @returns undefined when there is nothing left to do
 * @throws {ChatError} 403 for a handle that opens nothing, 503 when the one that disconnects does not come to an end
 */
export async function admitDisconnection(
  services: AdmissionServices,
  handle: Handle,
  signal: AbortSignal,
): Promise<Session | undefined> {
  for (;;) {
    const terms = admissionTerms(services, handle);
    const update = disconnection(terms, terms.now + leaseMs);
    const outcome = await services.sessions.update(handle.selector, update);
    if (outcome.applied) return openSession(outcome.item, handle);
    const verdict = judgeSession(outcome.item, terms);
    if (verdict.kind === "denied") throw accessDenied(verdict.detail);
    if (verdict.kind === "ended") return undefined;
    await services.clock.sleep(pollMs, signal).catch((cause: unknown) => {
      throw unavailable("the disconnection under way did not end in time", cause);
    });
  }
}
