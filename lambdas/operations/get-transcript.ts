import { GetTranscriptCommand } from "@aws-sdk/client-connectparticipant";
import * as z from "zod/mini";
import { answeredFields } from "../connect/answered-fields.ts";
import { integer, text } from "../input/schemas.ts";
import { admitWithinLimit } from "../sessions/admit-within-limit.ts";
import { withConnectionToken } from "../sessions/connection-token.ts";
import { sessionOperation } from "./operation.ts";

/** GetTranscript: the items of the chat, page by page. Items pass through as they are, types unknown to us included. */
export const getTranscript = sessionOperation({
  input: z.object({
    ContactId: z.optional(text(1, 256)),
    MaxResults: z.optional(integer(0, 100)),
    NextToken: z.optional(text(1, 1_000)),
    ScanDirection: z.optional(z.enum(["FORWARD", "BACKWARD"])),
    SortOrder: z.optional(z.enum(["DESCENDING", "ASCENDING"])),
    StartPosition: z.optional(
      z.object({
        Id: z.optional(text(1, 256)),
        AbsoluteTime: z.optional(text(1, 100)),
        MostRecent: z.optional(integer(0, 100)),
      }),
    ),
  }),
  admit: (services, handle) => admitWithinLimit(services, handle, "transcript"),
  run: async (services, input, session, signal) => {
    const answer = await withConnectionToken(services, session, signal, (ConnectionToken) =>
      services.participant.send(new GetTranscriptCommand({ ...input, ConnectionToken }), signal),
    );
    const { NextToken } = answer;
    return {
      ...answeredFields(answer, "InitialContactId", "Transcript"),
      ...(NextToken !== undefined && { NextToken }),
    };
  },
});
