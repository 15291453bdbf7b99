import { timestamp } from "../clock.ts";
import { ServiceError } from "../errors.ts";
import type { ParticipantOperation } from "./operation.ts";

/** GetAttachment: a pre-signed download URL, for an approved file of an active chat. */
export const getAttachment: ParticipantOperation = {
  service: "participant",
  name: "GetAttachment",
  bearer: "connection",
  idempotent: false,
  run(input, { contact }, { clock, switches, bucket, address }) {
    const id = input.text("AttachmentId", { min: 1, max: 256 });
    const asked = input.optionalWholeNumber("UrlExpiryInSeconds", { min: 5, max: 300 });
    const attachment = contact.attachments.get(id);
    if (attachment?.state !== "APPROVED") {
      throw new ServiceError("ValidationException", "The attachment does not exist or is not approved");
    }
    const expiresInSeconds = asked ?? switches.downloadUrlSeconds;
    return {
      Url: bucket.downloadUrl({ authority: address.authority, key: attachment.storedKey, expiresInSeconds }),
      UrlExpiry: timestamp(clock.now() + expiresInSeconds * 1000),
      AttachmentSizeInBytes: attachment.size,
    };
  },
};
