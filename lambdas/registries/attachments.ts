import { completeAttachmentUpload } from "../operations/complete-attachment-upload.ts";
import { getAttachment } from "../operations/get-attachment.ts";
import type { Registry } from "../operations/registry.ts";
import { startAttachmentUpload } from "../operations/start-attachment-upload.ts";
import type { AttachmentServices } from "../services.ts";

/** The operations of `attachments`. */
export const attachmentOperations: Registry<AttachmentServices> = {
  "start-attachment-upload": startAttachmentUpload,
  "complete-attachment-upload": completeAttachmentUpload,
  "get-attachment": getAttachment,
};
