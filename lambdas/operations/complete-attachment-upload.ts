import { CompleteAttachmentUploadCommand } from "@aws-sdk/client-connectparticipant";
import * as z from "zod/mini";
import { list, nonEmptyClientToken, text } from "../input/schemas.ts";
import { admitWithinLimit } from "../sessions/admit-within-limit.ts";
import { withConnectionToken } from "../sessions/connection-token.ts";
import { sessionOperation } from "./operation.ts";

/** CompleteAttachmentUpload: the file is there, show it to the agent. */
export const completeAttachmentUpload = sessionOperation({
  input: z.object({
    AttachmentIds: list(text(1, 256), 1),
    ClientToken: nonEmptyClientToken,
  }),
  admit: (services, handle) => admitWithinLimit(services, handle, "complete-upload"),
  run: async (services, input, session, signal) => {
    await withConnectionToken(services, session, signal, (ConnectionToken) =>
      services.participant.send(new CompleteAttachmentUploadCommand({ ...input, ConnectionToken }), signal),
    );
    return {};
  },
});
