import { messageTypeLimits } from "../chat/content-types.ts";
import { ServiceError } from "../errors.ts";
import type { ParticipantOperation } from "./operation.ts";

const modelLimit = 16_384;

/**
 * SendMessage: only the four types of the API reference, and of these only what the contact's
 * SupportedMessagingContentTypes has.
 */
export const sendMessage: ParticipantOperation = {
  service: "participant",
  name: "SendMessage",
  bearer: "connection",
  idempotent: true,
  run(input, { contact, participant }, { chats, switches }) {
    input.optionalText("ClientToken", { max: 500 });
    const contentType = input.text("ContentType", { min: 1, max: 100 });
    const typeLimit = messageTypeLimits[contentType];
    if (typeLimit === undefined || !contact.supportedMessagingContentTypes.includes(contentType)) {
      throw new ServiceError(
        "ValidationException",
        `The content type ${contentType} is not supported on this contact`,
      );
    }
    const max = switches.contentLimits === "per-type" ? typeLimit : modelLimit;
    const content = input.text("Content", { min: 1, max });
    const item = chats.say(contact, participant, contentType, content);
    return { Id: item.Id, AbsoluteTime: item.AbsoluteTime };
  },
};
