import { randomUUID } from "node:crypto";
import { SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import * as z from "zod/mini";
import { answeredFields } from "../connect/answered-fields.ts";
import { clientToken, text } from "../input/schemas.ts";
import { refuseLonger } from "../input/validate-input.ts";
import { admitWithinLimit } from "../sessions/admit-within-limit.ts";
import { withConnectionToken } from "../sessions/connection-token.ts";
import { sessionOperation } from "./operation.ts";

/** SendMessage: one message of the customer. Always with one ClientToken, so that no try of ours doubles it. */
export const sendMessage = sessionOperation({
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
  admit: (services, handle, _signal, { Content }) => {
    refuseLonger("Content", Content, services.settings.messageMaxLength);
    return admitWithinLimit(services, handle, "message");
  },
  run: async (services, input, session, signal) => {
    const request = { ...input, ClientToken: input.ClientToken ?? randomUUID() };
    const answer = await withConnectionToken(services, session, signal, (ConnectionToken) =>
      services.participant.send(new SendMessageCommand({ ...request, ConnectionToken }), signal),
    );
    const { MessageMetadata } = answer;
    return { ...answeredFields(answer, "Id", "AbsoluteTime"), ...(MessageMetadata && { MessageMetadata }) };
  },
});
