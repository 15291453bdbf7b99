import { checkClaim } from "./claim.ts";
import { checkName } from "./names.ts";
import type { AttachmentPolicy } from "./policy.ts";
import type { UploadClaim } from "./upload-store.ts";

/** The members of StartAttachmentUpload that tell of the file. */
export interface AskedUpload {
  readonly AttachmentName: string;
  readonly ContentType: string;
  readonly AttachmentSizeInBytes: number;
}

/**
 * What a client claims to upload, checked: the name agents will see, the type's own MIME type, the size.
 *
 * @throws {ChatError} 400 with the reason
 */
export function toUploadClaim(asked: AskedUpload, policy: AttachmentPolicy): UploadClaim {
  const name = checkName(asked.AttachmentName, policy);
  const bytes = asked.AttachmentSizeInBytes;
  const { contentType } = checkClaim({ name, contentType: asked.ContentType, size: bytes }, policy);
  return { name, contentType, bytes };
}
