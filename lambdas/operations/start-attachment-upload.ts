import * as z from "zod/mini";
import { admitUpload } from "../attachments/admit-upload.ts";
import { giveBackRepeated } from "../attachments/give-back-repeated.ts";
import { attachmentIdOf, objectKey } from "../attachments/object-key.ts";
import { toUploadClaim } from "../attachments/upload-claim.ts";
import { toIsoTime } from "../clock.ts";
import { integer, nonEmptyClientToken, text } from "../input/schemas.ts";
import type { AttachmentServices } from "../services.ts";
import { sessionOperation } from "./operation.ts";

const input = z.object({
  ContentType: text(1, 255),
  AttachmentSizeInBytes: integer(1, Number.MAX_SAFE_INTEGER),
  AttachmentName: text(1, 256),
  ClientToken: nonEmptyClientToken,
});

/**
 * StartAttachmentUpload: checks what the client claims, reserves the file in the chat's quota, and answers where to
 * put it: into our own bucket, where it waits for CompleteAttachmentUpload. Connect is not asked. Repeated with its
 * ClientToken it is the same upload.
 */
export const startAttachmentUpload = sessionOperation({
  input,
  admit: async (services: AttachmentServices, handle, _signal, asked) => {
    const { bytes } = toUploadClaim(asked, services.policy);
    const attachmentId = attachmentIdOf(handle.selector, asked.ClientToken);
    return { session: await admitUpload(services, handle, { attachmentId, bytes }) };
  },
  run: async (services, asked, session) => {
    const { uploads, quarantine, clock, policy } = services;
    const key = {
      contactId: session.item.pk,
      attachmentId: attachmentIdOf(session.item.pk, asked.ClientToken),
    };
    const claim = toUploadClaim(asked, policy);
    const upload = await uploads.reserve(key, claim, clock.now());
    await giveBackRepeated(services, session, { ...key, ...claim }, upload);
    const { contentType, bytes } = upload;
    const permission = await quarantine.presignUpload(objectKey(key), contentType, bytes, clock.now());
    return {
      AttachmentId: key.attachmentId,
      UploadMetadata: {
        Url: permission.url,
        UrlExpiry: toIsoTime(permission.expiresAt),
        HeadersToInclude: permission.headers,
      },
    };
  },
});
