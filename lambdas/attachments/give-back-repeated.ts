import type { AttachmentServices } from "../services.ts";
import type { Session } from "../sessions/session.ts";
import { reservationOf, reservationsReleased } from "./reservation.ts";
import type { Upload, UploadClaim, UploadKey } from "./upload-store.ts";

/**
 * Gives a reservation back that a repeated start made beside the first one's: of an upload that is over, or under
 * another size. The first start's counts, and what became of it.
 */
export async function giveBackRepeated(
  { sessions }: Pick<AttachmentServices, "sessions">,
  { countedFile }: Session,
  { contactId, attachmentId, bytes }: UploadKey & UploadClaim,
  upload: Upload,
): Promise<void> {
  const isFirst = upload.state === "reserved" && upload.bytes === bytes;
  if (!countedFile || isFirst) return;
  await sessions.update(contactId, reservationsReleased(reservationOf(attachmentId, bytes)));
}
