import { scanAttachment } from "../chat/attachments.ts";
import { ServiceError } from "../errors.ts";
import type { ParticipantOperation } from "./operation.ts";

/**
 * CompleteAttachmentUpload: the scan begins. Before the PUT it is a ValidationException; a second time, under another
 * ClientToken, a ConflictException ("when an attachment with that identifier is already being uploaded").
 */
export const completeAttachmentUpload: ParticipantOperation = {
  service: "participant",
  name: "CompleteAttachmentUpload",
  bearer: "connection",
  idempotent: true,
  run(input, { contact, participant }, services) {
    input.text("ClientToken", { min: 1, max: 500 });
    const [id = ""] = input.texts("AttachmentIds", { min: 1, max: 1 });
    const attachment = contact.attachments.get(id);
    if (!attachment || attachment.sender !== participant) {
      throw new ServiceError("ValidationException", "The attachment does not exist");
    }
    if (attachment.state !== "STARTED") {
      throw new ServiceError("ConflictException", "The attachment is already being uploaded");
    }
    if (!services.bucket.get(attachment.uploadKey)) {
      throw new ServiceError("ValidationException", "The attachment has not been uploaded");
    }
    scanAttachment(contact, attachment, services);
    return {};
  },
};
