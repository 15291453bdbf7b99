import { randomUUID } from "node:crypto";
import type { Services } from "../services.ts";
import type { Attachment, Contact, Participant } from "./contact.ts";

/** The standard anti-virus test string, in two parts so that no scanner takes this file for a virus. */
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

type Claim = { name: string; contentType: string; size: number };

/** Records a file that somebody is about to upload. */
export function startAttachment(
  contact: Contact,
  sender: Participant,
  { name, contentType, size }: Claim,
): Attachment {
  const id = randomUUID();
  const uploadKey = `uploads/${contact.contactId}/${id}`;
  const storedKey = `attachments/${contact.contactId}/${id}`;
  const attachment: Attachment = {
    id,
    name,
    contentType,
    size,
    sender,
    uploadKey,
    storedKey,
    state: "STARTED",
  };
  contact.attachments.set(id, attachment);
  return attachment;
}

/**
 * Hands an uploaded file to the scanner: IN_PROGRESS now, then APPROVED, or REJECTED where the file holds the EICAR
 * test string. A chat that ended meanwhile hears nothing more.
 */
export function scanAttachment(
  contact: Contact,
  attachment: Attachment,
  { bucket, chats, switches, timeline }: Pick<Services, "bucket" | "chats" | "switches" | "timeline">,
): void {
  const uploaded = bucket.get(attachment.uploadKey);
  if (uploaded) bucket.put(attachment.storedKey, uploaded);
  function show(state: "IN_PROGRESS" | "APPROVED" | "REJECTED", publish: boolean) {
    attachment.state = state;
    const { id, name, contentType, sender } = attachment;
    const file = { ContentType: contentType, AttachmentId: id, AttachmentName: name, Status: state };
    chats.showAttachment(contact, sender, file, publish);
  }
  show("IN_PROGRESS", switches.attachmentInProgressItem);
  timeline.after(switches.attachmentScanMs, function decide() {
    if (contact.status !== "ENDED") show(uploaded?.body.includes(eicar) ? "REJECTED" : "APPROVED", true);
  });
}
