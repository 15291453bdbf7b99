import { createHandler } from "../chain.ts";
import { attachmentOperations } from "../registries/attachments.ts";
import { createAttachmentServices } from "../services.ts";

/** Uploads and downloads: the only function that holds rights on the bucket of uploads. */
export const handler = createHandler(
  "attachments",
  createAttachmentServices(process.env),
  attachmentOperations,
);
