import { GetTranscriptCommand } from "@aws-sdk/client-connectparticipant";
import * as z from "zod/mini";
import { answeredFields } from "../connect/answered-fields.ts";
import { integer, text } from "../input/schemas.ts";
import { admitWithinLimit } from "../sessions/admit-within-limit.ts";
import { passedOnOperation } from "./passed-on.ts";

/** GetTranscript: the items of the chat, page by page. Items pass through as they are, types unknown to us included. */
export const getTranscript = passedOnOperation({
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
  admit: (services, handle, _input, besides) => admitWithinLimit(services, handle, "transcript", besides),
  command: (input) => () => new GetTranscriptCommand({ ...input, ConnectionToken: undefined }),
  answer: (answered) => {
    const { NextToken } = answered;
    return {
      ...answeredFields(answered, "InitialContactId", "Transcript"),
      ...(NextToken !== undefined && { NextToken }),
    };
  },
});
