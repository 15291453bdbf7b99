import { startAttachment } from "../chat/attachments.ts";
import type { Attachment, Contact } from "../chat/contact.ts";
import { isAllowedFile } from "../chat/file-types.ts";
import { canary } from "../chat/token-store.ts";
import { timestamp } from "../clock.ts";
import { ServiceError } from "../errors.ts";
import type { ParticipantOperation } from "./operation.ts";

/** Longest header value of UploadMetadata in the service model, in characters. */
const longestHeaderValue = 256;

/**
 * StartAttachmentUpload: a pre-signed URL and the headers that the PUT must carry. Every start counts towards the
 * attachments of the chat, an upload that never follows too.
 */
export const startAttachmentUpload: ParticipantOperation = {
  service: "participant",
  name: "StartAttachmentUpload",
  bearer: "connection",
  idempotent: true,
  run(input, { contact, participant }, { clock, switches, bucket, address }) {
    input.text("ClientToken", { min: 1, max: 500 });
    const contentType = input.text("ContentType", { min: 1, max: 255 });
    const size = input.wholeNumber("AttachmentSizeInBytes", { min: 1, max: switches.maxAttachmentBytes });
    const name = input.text("AttachmentName", { min: 1, max: 256 });
    if (!isAllowedFile(name, contentType)) {
      throw new ServiceError("ValidationException", "The file type of the attachment is not supported");
    }
    if (contact.attachments.size >= switches.attachmentsPerChat) {
      throw new ServiceError(
        "ServiceQuotaExceededException",
        "The number of attachments per contact exceeds the quota",
      );
    }
    const attachment = startAttachment(contact, participant, { name, contentType, size });
    const headers = headersToInclude(contact, attachment);
    const expiresInSeconds = switches.uploadUrlSeconds;
    const grant = { authority: address.authority, key: attachment.uploadKey, expiresInSeconds };
    return {
      AttachmentId: attachment.id,
      UploadMetadata: {
        Url: bucket.uploadUrl(grant, headers),
        UrlExpiry: timestamp(clock.now() + expiresInSeconds * 1000),
        HeadersToInclude: headers,
      },
    };
  },
};

function headersToInclude(contact: Contact, { name, contentType, size }: Attachment): Record<string, string> {
  return {
    "Content-Type": contentType,
    "Content-Length": String(size),
    "Content-Disposition": contentDisposition(name),
    "x-amz-acl": "bucket-owner-full-control",
    "x-amz-meta-account_id": "123456789012",
    "x-amz-meta-organization_id": `${canary}-${contact.instanceId}`,
    "x-amz-meta-contact_id": contact.contactId,
    "x-amz-meta-initial_contact_id": contact.initialContactId,
  };
}

/** A file name in a header: what is not plain is percent-encoded, and the value keeps the model's limit. */
function contentDisposition(name: string): string {
  const room = longestHeaderValue - 'attachment; filename=""'.length;
  const plain = name.toWellFormed().replace(/[^A-Za-z0-9 ._()-]/gu, encodeURIComponent);
  return `attachment; filename="${plain.slice(0, room)}"`;
}
