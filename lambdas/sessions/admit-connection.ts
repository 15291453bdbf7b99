import { unavailable } from "../errors.ts";
import { connectionWaitMs } from "../rate-limits/limits.ts";
import { type AdmissionServices, admit } from "./admit.ts";
import { rateLimited } from "./admit-within-limit.ts";
import type { Handle } from "./handle.ts";
import type { Session } from "./session.ts";

/**
 * Admits a CreateParticipantConnection. Beyond its limit it is answered late instead of refused: chat clients end the
 * chat when this operation fails, and ask again at once when their socket does. Three may wait at a time.
 *
 * @throws {ChatError} 429 `RateLimited` beyond those, and what {@link admit} throws
 */
export async function admitConnection(
  services: AdmissionServices,
  handle: Handle,
  signal: AbortSignal,
): Promise<{ readonly session: Session }> {
  const admission = await admit(services, handle, "connection");
  if (admission.admitted) return admission;
  const waiting = await admit(services, handle, "connection-wait");
  if (!waiting.admitted) throw rateLimited(waiting.retryAfterMs);
  await services.clock.sleep(connectionWaitMs, signal).catch((cause: unknown) => {
    throw unavailable("no time left to wait for a connection", cause);
  });
  return waiting;
}
