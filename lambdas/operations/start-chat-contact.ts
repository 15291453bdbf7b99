import type { StartServices } from "../services.ts";
import { beginStart } from "../start/begin-start.ts";
import { repeatableStart } from "../start/repeatable-start.ts";
import { startContact } from "../start/start-contact.ts";
import { startInput, startRequest } from "../start/start-request.ts";
import { openOperation } from "./operation.ts";

/**
 * Starts a chat: the request and the answer of AWS's start-chat sample, with a participant handle in the place of Connect's
 * token. One that is repeated with the same ClientToken is answered the same, without a call to Connect.
 */
export const startChatContact = openOperation({
  input: startInput,
  run: async (services: StartServices, asked, signal, caller) => {
    const principal = await services.identify(caller);
    const request = startRequest(services, asked, principal);
    const begun = await beginStart(services, principal, repeatableStart(asked, principal), signal);
    const { contactId, participantId, participantHandle } =
      "repeated" in begun ? begun.repeated : await startContact(services, begun, principal, request, signal);
    return {
      data: {
        startChatResult: {
          ContactId: contactId,
          ParticipantId: participantId,
          ParticipantToken: participantHandle,
        },
        featurePermissions: {
          MESSAGING_MARKDOWN: request.SupportedMessagingContentTypes.includes("text/markdown"),
          ATTACHMENTS: true,
        },
      },
    };
  },
});
