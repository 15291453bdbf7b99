import * as z from "zod/mini";
import { completeUpload } from "../attachments/complete-upload.ts";
import { list, nonEmptyClientToken, text } from "../input/schemas.ts";
import type { AttachmentServices } from "../services.ts";
import { admitWithinLimit } from "../sessions/admit-within-limit.ts";
import { sessionOperation } from "./operation.ts";

/**
 * CompleteAttachmentUpload: the file is there. It is inspected, and handed to Connect, before the answer: only a
 * request with a handle can open Connect's token.
 */
export const completeAttachmentUpload = sessionOperation({
  input: z.object({
    AttachmentIds: list(text(1, 256), 1),
    ClientToken: nonEmptyClientToken,
  }),
  admit: (services: AttachmentServices, handle) => admitWithinLimit(services, handle, "complete-upload"),
  run: async (services, { AttachmentIds: [attachmentId = ""] }, session, signal) => {
    await completeUpload(services, session, attachmentId, signal);
    return {};
  },
});
