import type { Contact, Item, Streaming, Visibility } from "../chat/contact.ts";

/** What SNS is given to publish. Every attribute is of the type String. */
export type Notification = {
  topicArn: string;
  /** The item as sockets carry it, in JSON. */
  message: string;
  attributes: Readonly<Record<string, string>>;
};

/** Publishes a message to a topic of Amazon SNS; all attributes are of the type String. Settles when SNS has taken it. */
export type Publish = (
  topicArn: string,
  message: string,
  attributes: Readonly<Record<string, string>>,
) => Promise<void>;

/**
 * Writes an item down for a topic (administrator guide, "Enable real-time chat message streaming"). An attribute that
 * the item has no value for is absent: chat.ended has no ParticipantRole, a file no ContentType.
 */
export function writeNotification(
  contact: Contact,
  { StreamingEndpointArn }: Streaming,
  item: Item,
  visibility: Visibility,
): Notification {
  return {
    topicArn: StreamingEndpointArn,
    message: JSON.stringify(item),
    attributes: {
      InitialContactId: item.InitialContactId,
      ContactId: item.ContactId,
      ...(item.ParticipantRole !== undefined && { ParticipantRole: item.ParticipantRole }),
      InstanceId: contact.instanceId,
      AccountId: accountOf(StreamingEndpointArn),
      Type: item.Type,
      ...(item.ContentType !== undefined && { ContentType: item.ContentType }),
      MessageVisibility: visibility,
    },
  };
}

function accountOf(topicArn: string): string {
  const [, , , , account = ""] = topicArn.split(":");
  return account;
}
