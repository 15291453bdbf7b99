import { createHash } from "node:crypto";
import { bucketRules } from "./bucket-rules.ts";
import type { UploadKey } from "./upload-store.ts";

/** Where an upload lies in the bucket: under the one prefix that the function has rights on. */
export function objectKey({ contactId, attachmentId }: UploadKey): string {
  return `${bucketRules.prefix}${contactId}/${attachmentId}`;
}

/**
 * Our AttachmentId, a UUID (version 8, RFC 9562: custom). Made of the ClientToken, so that a repeated start is the
 * same upload; good for CompleteAttachmentUpload in its own chat alone.
 */
export function attachmentIdOf(contactId: string, clientToken: string): string {
  const hex = createHash("sha256").update(`${contactId}|${clientToken}`).digest("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
