import { randomUUID } from "node:crypto";
import type { Contact } from "../chat/contact.ts";
import { eventTypes } from "../chat/content-types.ts";
import { timestamp } from "../clock.ts";
import { ServiceError } from "../errors.ts";
import type { Input } from "../input.ts";
import type { ParticipantOperation } from "./operation.ts";

const sendable: readonly string[] = [
  eventTypes.typing,
  eventTypes.delivered,
  eventTypes.read,
  eventTypes.acknowledged,
];

/**
 * SendEvent: typing and receipts reach the sockets; connection.acknowledged is accepted and does nothing, because
 * it "is no longer maintained since December 31, 2024" (API reference). Never de-duplicated by ClientToken: clients
 * send receipts under a constant one.
 */
export const sendEvent: ParticipantOperation = {
  service: "participant",
  name: "SendEvent",
  bearer: "connection",
  idempotent: false,
  run(input, { contact, participant }, { chats, clock }) {
    input.optionalText("ClientToken", { max: 500 });
    const contentType = input.text("ContentType", { min: 1, max: 100 });
    if (!sendable.includes(contentType)) {
      throw new ServiceError(
        "ValidationException",
        `The content type ${contentType} is not supported for events`,
      );
    }
    const content = input.optionalText("Content", { min: 1, max: 16_384 });
    if (contentType === eventTypes.typing) {
      const item = chats.type(contact, participant);
      return { Id: item.Id, AbsoluteTime: item.AbsoluteTime };
    }
    if (contentType !== eventTypes.acknowledged) {
      const messageId = readMessageId(input, content);
      refuseReceiptsInACrowd(contact);
      chats.receive(contact, participant, messageId, contentType === eventTypes.read ? "Read" : "Delivered");
    }
    return { Id: randomUUID(), AbsoluteTime: timestamp(clock.now()) };
  },
};

function readMessageId(input: Input, content: string | undefined): string {
  const refusal = input.refuse("Content", 'Member must be a JSON string with "messageId"');
  if (content === undefined) throw refusal;
  try {
    const { messageId } = JSON.parse(content);
    if (typeof messageId === "string" && messageId !== "") return messageId;
  } catch {
    throw refusal;
  }
  throw refusal;
}

/**
 * "Message receipts are not supported when there are more than two active participants in the chat. Using the
 * SendEvent API for message receipts when a supervisor is barged-in will result in a conflict exception."
 * (API reference, SendEvent)
 */
function refuseReceiptsInACrowd(contact: Contact): void {
  if (contact.participants.filter(({ state }) => state === "joined").length <= 2) return;
  throw new ServiceError(
    "ConflictException",
    "Message receipts are not supported when there are more than two active participants in the chat",
  );
}
