import { GetAttachmentCommand } from "@aws-sdk/client-connectparticipant";
import * as z from "zod/mini";
import { answeredFields } from "../connect/answered-fields.ts";
import { integer, text } from "../input/schemas.ts";
import { admitWithinLimit } from "../sessions/admit-within-limit.ts";
import { passedOnOperation } from "./passed-on.ts";

/** Longest life of a download URL, in seconds, whatever the client asks for: it is a credential in a browser. */
const longestUrlExpiry = 60;

/** GetAttachment: a pre-signed URL of one approved file of this chat. */
export const getAttachment = passedOnOperation({
  input: z.object({
    AttachmentId: text(1, 256),
    UrlExpiryInSeconds: z.optional(integer(5, 300)),
  }),
  admit: (services, handle, _input, besides) => admitWithinLimit(services, handle, "get-attachment", besides),
  command:
    ({ AttachmentId, UrlExpiryInSeconds = longestUrlExpiry }) =>
    () =>
      new GetAttachmentCommand({
        AttachmentId,
        UrlExpiryInSeconds: Math.min(UrlExpiryInSeconds, longestUrlExpiry),
        ConnectionToken: undefined,
      }),
  answer: (answered) => answeredFields(answered, "Url", "UrlExpiry", "AttachmentSizeInBytes"),
});
