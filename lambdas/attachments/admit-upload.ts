import { accessDenied, ChatError, unavailable } from "../errors.ts";
import type { Conformance } from "../rate-limits/gcra.ts";
import type { AttachmentServices } from "../services.ts";
import { admissionTerms } from "../sessions/admit.ts";
import { admitWithinLimit, rateLimited, refuseExhausted } from "../sessions/admit-within-limit.ts";
import type { Handle } from "../sessions/handle.ts";
import { judgeSession } from "../sessions/judge-session.ts";
import { openSession, type Session } from "../sessions/session.ts";
import { type AdmissionTerms, admission, type FileReservation } from "../sessions/session-admission.ts";
import type { SessionItem } from "../sessions/session-item.ts";
import { releaseAbandoned } from "./release-abandoned.ts";
import { reservationOf } from "./reservation.ts";

/** The most conditional updates one admission tries. */
const maximumTries = 6;

/**
 * Admits a StartAttachmentUpload and reserves the file in its chat's quota, in one write. A file that is reserved
 * already is not counted again; files that were never completed make room. One too many costs a unit of the
 * operation's limit like any other: the search for room is not free.
 *
 * @returns the session; `countedFile` tells whether this admission was the one that counted the file
 * @throws {ChatError} 402 beyond the quota; 403, 429 and 503 as every admission
 */
export async function admitUpload(
  services: AttachmentServices,
  handle: Handle,
  file: { readonly attachmentId: string; readonly bytes: number },
): Promise<Session> {
  const { sessions, memory, policy } = services;
  refuseExhausted(services, handle, "start-upload");
  let branch: Conformance = "idle";
  let reservation: FileReservation | undefined = {
    entry: reservationOf(file.attachmentId, file.bytes),
    bytes: file.bytes,
    mostFiles: policy.filesPerChat,
    mostBytes: policy.bytesPerChat,
  };
  for (let tries = 0; tries < maximumTries; tries++) {
    const plain = admissionTerms(services, handle, "start-upload");
    const terms: AdmissionTerms = { ...plain, ...(reservation && { reservation }) };
    const { applied, item } = await sessions.update(handle.selector, admission(terms, branch));
    const verdict = applied ? undefined : judgeSession(item, terms);
    if (verdict?.kind === "denied") throw accessDenied(verdict.detail);
    if (verdict?.kind === "ended") throw accessDenied("ended");
    memory.learn(terms, item);
    if (applied) return { ...openSession(item, handle), countedFile: reservation !== undefined };
    if (verdict?.kind === "limited") throw rateLimited(verdict.retryAfterMs);
    branch = verdict?.branch ?? branch;
    reservation = await stillToReserve(services, handle, item, reservation);
  }
  throw unavailable("an admission met too many parallel ones");
}

/** The reservation, unless the chat has it already, and once there is room for it. @throws {ChatError} 402, 429 */
async function stillToReserve(
  services: AttachmentServices,
  handle: Handle,
  item: SessionItem | undefined,
  reservation: FileReservation | undefined,
): Promise<FileReservation | undefined> {
  if (!item || !reservation || item.ar?.has(reservation.entry)) return undefined;
  if (!isFull(item, reservation)) return reservation;
  await admitWithinLimit(services, handle, "start-upload");
  if (await releaseAbandoned(services, item)) return reservation;
  throw new ChatError(
    "ServiceQuotaExceededException",
    "AttachmentQuota",
    "This chat has as many or as large files as it may have.",
  );
}

function isFull({ af = 0, ab = 0 }: SessionItem, { bytes, mostFiles, mostBytes }: FileReservation): boolean {
  return af >= mostFiles || ab > mostBytes - bytes;
}
