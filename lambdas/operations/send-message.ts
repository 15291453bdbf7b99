import { randomUUID } from "node:crypto";
import { SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import * as z from "zod/mini";
import { answeredFields } from "../connect/answered-fields.ts";
import { clientToken, text } from "../input/schemas.ts";
import { refuseLonger } from "../input/validate-input.ts";
import { admitWithinLimit } from "../sessions/admit-within-limit.ts";
import { passedOnOperation } from "./passed-on.ts";

/** SendMessage: one message of the customer. Always with one ClientToken, so that no try of ours doubles it. */
export const sendMessage = passedOnOperation({
  input: z.object({
    ContentType: z.enum([
      "text/plain",
      "text/markdown",
      "application/json",
      "application/vnd.amazonaws.connect.message.interactive.response",
    ]),
    Content: text(1, 16_384),
    ClientToken: clientToken,
  }),
  admit: (services, handle, { Content }, besides) => {
    refuseLonger("Content", Content, services.settings.messageMaxLength);
    return admitWithinLimit(services, handle, "message", besides);
  },
  command: (input) => {
    const request = { ...input, ClientToken: input.ClientToken ?? randomUUID() };
    return () => new SendMessageCommand({ ...request, ConnectionToken: undefined });
  },
  answer: (answered) => {
    const { MessageMetadata } = answered;
    return { ...answeredFields(answered, "Id", "AbsoluteTime"), ...(MessageMetadata && { MessageMetadata }) };
  },
});
