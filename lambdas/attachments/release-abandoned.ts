import type { AttachmentServices } from "../services.ts";
import type { SessionItem } from "../sessions/session-item.ts";
import { attachmentIdIn, bytesIn, reservationSettled, reservationsReleased } from "./reservation.ts";

/** An upload that was not completed for so long, in milliseconds, is not going to be: its URL ended long ago. */
const abandonedAfterMs = 15 * 60_000;

/**
 * Gives back the quota of files that were never completed. Looked for only where a chat has no room: a page that lost
 * its network ten times would otherwise never get a file through again.
 *
 * @returns whether there is more room now
 */
export async function releaseAbandoned(services: AttachmentServices, item: SessionItem): Promise<boolean> {
  const released = await Promise.all([...(item.ar ?? [])].map((entry) => release(services, item.pk, entry)));
  return released.includes(true);
}

async function release(
  { uploads, sessions, clock }: AttachmentServices,
  contactId: string,
  entry: string,
): Promise<boolean> {
  const key = { contactId, attachmentId: attachmentIdIn(entry) };
  const now = clock.now();
  const upload = await uploads.abandon(key, now - abandonedAfterMs, now);
  if (upload === undefined) {
    // Counted, and not yet written: by a request at work this moment, or by one that died. From now on it has an age.
    await uploads.reserve(key, {}, now);
    return false;
  }
  if (upload.state === "reserved") return false;
  if (upload.state === "done" && upload.bytes === bytesIn(entry)) {
    await sessions.update(contactId, reservationSettled(entry));
    return false;
  }
  return (await sessions.update(contactId, reservationsReleased(entry))).applied;
}
