import { StartAttachmentUploadCommand } from "@aws-sdk/client-connectparticipant";
import * as z from "zod/mini";
import { answeredFields } from "../connect/answered-fields.ts";
import { integer, nonEmptyClientToken, text } from "../input/schemas.ts";
import { admitWithinLimit } from "../sessions/admit-within-limit.ts";
import { withConnectionToken } from "../sessions/connection-token.ts";
import { sessionOperation } from "./operation.ts";

/** StartAttachmentUpload: where and how to upload one file. */
export const startAttachmentUpload = sessionOperation({
  input: z.object({
    ContentType: text(1, 255),
    AttachmentSizeInBytes: integer(1, Number.MAX_SAFE_INTEGER),
    AttachmentName: text(1, 256),
    ClientToken: nonEmptyClientToken,
  }),
  admit: (services, handle) => admitWithinLimit(services, handle, "start-upload"),
  run: async (services, input, session, signal) => {
    const answer = await withConnectionToken(services, session, signal, (ConnectionToken) =>
      services.participant.send(new StartAttachmentUploadCommand({ ...input, ConnectionToken }), signal),
    );
    return answeredFields(answer, "AttachmentId", "UploadMetadata");
  },
});
