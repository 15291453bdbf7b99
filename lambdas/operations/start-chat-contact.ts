import type { StartServices } from "../services.ts";
import { admitStart } from "../start/admit-start.ts";
import { startContact } from "../start/start-contact.ts";
import { startInput, startRequest } from "../start/start-request.ts";
import { openOperation } from "./operation.ts";

/**
 * Starts a chat: the request and the answer of AWS's start-chat sample, with a participant handle in the place of Connect's
 * token.
 */
export const startChatContact = openOperation({
  input: startInput,
  run: async (services: StartServices, asked, signal, caller) => {
    const principal = await services.identify(caller);
    const request = startRequest(services, asked, principal);
    await admitStart(services, principal);
    const { contactId, participantId, participantHandle } = await startContact(
      services,
      principal,
      request,
      signal,
    );
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
