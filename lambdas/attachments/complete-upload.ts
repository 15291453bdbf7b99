import { ChatError, invalid } from "../errors.ts";
import type { AttachmentServices } from "../services.ts";
import { newLease } from "../sessions/lease.ts";
import type { Session } from "../sessions/session.ts";
import { inspect } from "./inspect.ts";
import { objectKey } from "./object-key.ts";
import { reservationOf, reservationSettled, reservationsReleased } from "./reservation.ts";
import { sendOn } from "./send-on.ts";
import type { Upload, UploadKey } from "./upload-store.ts";

/** How long one request may hold the right to complete an upload, in milliseconds: longer than the function lives. */
const leaseMs = 30_000;

/**
 * Completes an upload: looks at what really arrived, and only then hands it to Connect. One request at a time; one
 * that comes when it is done has nothing to do; one that comes after a crash goes on where the other stopped. What is
 * refused is deleted, and its quota given back: the limit of the operation bounds how often it can be tried.
 *
 * @throws {ChatError} 400 for a file that is unknown, not there yet, or refused; 409 while another request completes
 * it; what Connect refuses; 503
 */
export async function completeUpload(
  services: AttachmentServices,
  session: Session,
  attachmentId: string,
  signal: AbortSignal,
): Promise<void> {
  const { uploads, clock } = services;
  const key = { contactId: session.item.pk, attachmentId };
  const now = clock.now();
  const { won, upload } = await uploads.take(key, now, newLease(now, leaseMs));
  if (upload === undefined) throw invalid("UnknownAttachment", "This chat has no such upload.");
  if (upload.state === "done") return settle(services, key, upload);
  if (upload.state === "refused") {
    await cleanUp(services, key, upload);
    throw refusal(upload);
  }
  if (!won) {
    throw new ChatError("ConflictException", "UploadUnderWay", "The upload is being completed.");
  }
  try {
    await finish(services, session, key, upload, signal);
  } catch (error) {
    await (error instanceof Refused ? refuse(services, key, upload, error.refusal) : uploads.release(key));
    throw error instanceof Refused ? error.refusal : error;
  }
}

/** The file itself is refused, for good. */
class Refused extends Error {
  readonly refusal: ChatError;

  constructor(refusal: ChatError) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

async function finish(
  services: AttachmentServices,
  session: Session,
  key: UploadKey,
  upload: Upload,
  signal: AbortSignal,
): Promise<void> {
  const { uploads, quarantine } = services;
  const bytes = upload.isPut ? undefined : await readInspected(services, key, upload, signal);
  await sendOn(services, session, key, { upload, bytes }, signal);
  await quarantine.remove(objectKey(key));
  await uploads.release(key, { state: "done" });
  await settle(services, key, upload);
}

/** Once is enough, and again does no harm: a repeat does what a request that died left undone. */
async function settle({ sessions }: AttachmentServices, key: UploadKey, { bytes }: Upload): Promise<void> {
  await sessions.update(key.contactId, reservationSettled(reservationOf(key.attachmentId, bytes)));
}

/**
 * The bytes, inspected by the request that sends them: they are read once, so nothing can be put in their place.
 * Another version than an earlier request inspected is refused; the same one is inspected again, because an ETag is
 * an MD5, which two files can share.
 */
async function readInspected(
  { quarantine, uploads, policy }: AttachmentServices,
  key: UploadKey,
  upload: Upload,
  signal: AbortSignal,
): Promise<Buffer> {
  const object = await quarantine.read(objectKey(key), upload.etag, signal);
  if (object === "changed") {
    throw new Refused(invalid("AttachmentChanged", "The file was changed after it was checked."));
  }
  if (object === "missing" || object.bytes.length !== upload.bytes) {
    throw invalid("AttachmentNotUploaded", "The file did not arrive, or not whole. Upload it again.");
  }
  await inspect(object.bytes, { ...upload, size: upload.bytes }, policy).catch((error: unknown) => {
    throw error instanceof ChatError ? new Refused(error) : error;
  });
  if (upload.etag === undefined) await uploads.record(key, { etag: object.etag });
  return object.bytes;
}

/** Recorded first: whoever comes after a crash gets the same answer, and cleans up. */
async function refuse(
  services: AttachmentServices,
  key: UploadKey,
  upload: Upload,
  { reason, message }: ChatError,
): Promise<void> {
  await services.uploads.release(key, { state: "refused", reason, sentence: message });
  await cleanUp(services, key, upload);
}

/** Like {@link settle}, for a file that was refused. */
async function cleanUp(
  { sessions, quarantine }: AttachmentServices,
  key: UploadKey,
  upload: Upload,
): Promise<void> {
  await quarantine.remove(objectKey(key));
  await sessions.update(key.contactId, reservationsReleased(reservationOf(key.attachmentId, upload.bytes)));
}

function refusal({ reason = "AttachmentRefused", sentence = "The file was refused." }: Upload): ChatError {
  return invalid(reason, sentence);
}
