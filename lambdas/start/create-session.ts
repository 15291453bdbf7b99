import type { StartedContact } from "../connect/connect-service.ts";
import type { StartServices } from "../services.ts";
import type { Handle } from "../sessions/handle.ts";
import { hashSecret, sealingKey } from "../sessions/keys.ts";
import { connectionHandleLifeMs } from "../sessions/lifetimes.ts";
import { generationOf, sealParticipantToken } from "../sessions/session.ts";
import { keptAfterEndSeconds } from "../sessions/session-end.ts";
import type { SessionItem } from "../sessions/session-item.ts";
import type { Settings, StartSettings } from "../settings.ts";
import type { Principal } from "./principal.ts";
import { hashSubject } from "./subject-hash.ts";

/** Pause before streaming is tried once more, in milliseconds. */
const streamingPauseMs = 300;

/** What the creation of a session needs. */
export interface CreationServices extends Pick<StartServices, "clock" | "sessions" | "connect"> {
  readonly settings: Pick<Settings, "realTime">;
  readonly startSettings: Pick<StartSettings, "streamingTopicArn">;
}

/**
 * Has Connect stream a contact that was just started to the relay, where there is one, and creates its session.
 *
 * @param handle the participant handle, the one thing that opens the session
 * @throws {ChatError} 503 when the session could not be stored, or the chat not be streamed
 */
export async function createSession(
  services: CreationServices,
  handle: Handle,
  contact: StartedContact & Pick<Principal, "subject">,
  durationMinutes: number,
  signal: AbortSignal,
): Promise<void> {
  await startStreaming(services, contact, signal);
  await services.sessions.create(newItem(services, handle, contact, durationMinutes * 60_000));
}

/** Tried once more where it fails, whatever the reason: the contact is so new that not all of Connect may know of it. */
async function startStreaming(
  { clock, connect, startSettings: { streamingTopicArn } }: CreationServices,
  { contactId }: StartedContact,
  signal: AbortSignal,
): Promise<void> {
  if (streamingTopicArn === undefined) return;
  await connect.startContactStreaming(contactId, streamingTopicArn, signal).catch(async () => {
    await clock.sleep(streamingPauseMs, signal);
    await connect.startContactStreaming(contactId, streamingTopicArn, signal);
  });
}

/**
 * The first generation of the connection handle exists from the start: the first connection needs no second write for
 * it.
 */
function newItem(
  { clock, settings: { realTime } }: CreationServices,
  { selector, secret }: Handle,
  { participantToken, subject }: StartedContact & Pick<Principal, "subject">,
  durationMs: number,
): SessionItem {
  const now = clock.now();
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
    ix: now + connectionHandleLifeMs[realTime],
    ...(realTime === "direct" && { il: connectionHandleLifeMs.direct }),
    wc: generation.wc,
    pt: sealParticipantToken(sealingKey(secret), selector, participantToken),
    cv: 0,
    ...(realTime === "relay" && { sm: "r" }),
    ...(subject !== undefined && { su: hashSubject(subject) }),
  };
}
