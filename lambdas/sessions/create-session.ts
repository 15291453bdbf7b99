import type { StartedContact } from "../connect/connect-service.ts";
import { unavailable } from "../errors.ts";
import type { StartServices } from "../services.ts";
import type { Handle } from "./handle.ts";
import { hashSecret, newParticipantSecret, sealingKey } from "./keys.ts";
import { connectionHandleLifeMs } from "./lifetimes.ts";
import { generationOf, sealParticipantToken } from "./session.ts";
import { ended, keptAfterEndSeconds, type SessionItem } from "./session-item.ts";

/** How long the undoing of a start may take, in milliseconds; it begins when the request's own time may be up. */
const undoMs = 1_500;

/**
 * Creates the session of a contact that was just started; a contact that cannot have one is stopped, so that no agent
 * waits for a customer who was never told. Where only the answer of the database was lost, the session is ended with it.
 *
 * @returns the participant handle, the one thing that opens the session
 * @throws {ChatError} 503 when the session could not be stored
 */
export async function createSession(
  { clock, sessions, connect }: Pick<StartServices, "clock" | "sessions" | "connect">,
  contact: StartedContact,
  durationMinutes: number,
): Promise<Handle> {
  const secret = newParticipantSecret();
  const handle: Handle = { kind: "participant", selector: contact.contactId, secret };
  try {
    await sessions.create(newItem(handle, contact.participantToken, clock.now(), durationMinutes * 60_000));
  } catch (error) {
    const undone = await Promise.allSettled([
      connect.stopContact(contact.contactId, AbortSignal.timeout(undoMs)),
      sessions.update(contact.contactId, ended(clock.now())),
    ]);
    const failed = undone.some(({ status }) => status === "rejected");
    throw unavailable(failed ? "a start that failed could not be undone whole" : "a start was undone", error);
  }
  return handle;
}

/** The first generation of the connection handle exists from the start: the first connection needs no second write for it. */
function newItem({ selector, secret }: Handle, token: string, now: number, durationMs: number): SessionItem {
  const generation = generationOf(selector, secret, 1);
  const ax = now + durationMs;
  return {
    pk: selector,
    st: "a",
    ca: now,
    ax,
    ttl: Math.ceil(ax / 1_000) + keptAfterEndSeconds,
    hp: hashSecret(secret),
    hc: hashSecret(generation.secret),
    g: 1,
    ix: now + connectionHandleLifeMs,
    wc: generation.wc,
    pt: sealParticipantToken(sealingKey(secret), selector, token),
    cv: 0,
  };
}
