import { randomUUID } from "node:crypto";
import { type Clock, timestamp } from "../clock.ts";
import type { AttachmentItem, Contact, Item, Participant, Receipt, Visibility } from "./contact.ts";
import { eventTypes } from "./content-types.ts";

/** Who wants to know what happens in chats. */
export type ChatObserver = {
  /** An item was made; stored or not. It says nothing itself of who may see it. */
  published?(contact: Contact, item: Item, visibility: Visibility): void;
  /** The customer is connected for the first time, so the flow starts. */
  started?(contact: Contact): void;
  /** Somebody sent a message. */
  said?(contact: Contact, sender: Participant, item: Item): void;
};

/** What happens in chats: each method makes the items of one happening, stores them and tells the observers. */
export class Chats {
  readonly #clock: Clock;
  readonly #observers: ChatObserver[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Adds an observer; the first added is told first. */
  observe(observer: ChatObserver): void {
    this.#observers.push(observer);
  }

  /** The customer has a subscribed socket, or was connected by ConnectParticipant. Only the first time counts. */
  connectCustomer(contact: Contact): void {
    if (contact.status !== "WAITING") return;
    contact.status = "CONNECTED";
    this.join(contact, contact.customer);
    for (const observer of this.#observers) observer.started?.(contact);
  }

  /** A participant joins. */
  join(contact: Contact, participant: Participant): Item {
    participant.state = "joined";
    return this.#store(contact, this.#event(contact, participant, eventTypes.joined));
  }

  /** A participant leaves. When it is the customer, the contact ends with that. */
  leave(contact: Contact, participant: Participant, reason: string): void {
    participant.state = "left";
    this.#store(contact, this.#event(contact, participant, eventTypes.left));
    if (participant === contact.customer) this.end(contact, reason);
  }

  /** The contact ends, once. The item names nobody, as Connect's does not. */
  end(contact: Contact, reason: string): void {
    if (contact.status === "ENDED") return;
    contact.status = "ENDED";
    contact.endedReason = reason;
    this.#store(contact, { ...this.#item(contact, "EVENT"), ContentType: eventTypes.ended });
  }

  /** Somebody says something; to everybody, unless it says otherwise. */
  say(
    contact: Contact,
    sender: Participant,
    contentType: string,
    content: string,
    visibility: Visibility = "ALL",
  ): Item {
    const message = { ...this.#item(contact, "MESSAGE", sender), ContentType: contentType, Content: content };
    const item = this.#store(contact, message, visibility);
    for (const observer of this.#observers) observer.said?.(contact, sender, item);
    return item;
  }

  /** Somebody types. The event reaches sockets and is not stored. */
  type(contact: Contact, sender: Participant): Item {
    return this.#publish(contact, this.#event(contact, sender, eventTypes.typing));
  }

  /** An agent's handing over of the chat succeeded or failed. The event alone: who leaves and joins is not decided here. */
  transfer(contact: Contact, agent: Participant, outcome: "Succeeded" | "Failed"): Item {
    return this.#store(contact, this.#event(contact, agent, eventTypes[`transfer${outcome}`]));
  }

  /** The customer fell silent, spoke again, or was silent for too long. Like typing, it is not stored. */
  notice(contact: Contact, what: "idle" | "returned" | "autodisconnection"): Item {
    return this.#publish(contact, this.#event(contact, contact.customer, eventTypes[what]));
  }

  /**
   * A recipient got or read a message: sockets hear of it, and the stored message keeps the receipts.
   * A message that is not in the transcript changes nothing.
   */
  receive(contact: Contact, recipient: Participant, messageId: string, what: "Delivered" | "Read"): void {
    const message = contact.transcript.find(({ Id, Type }) => Id === messageId && Type === "MESSAGE");
    if (!message) return;
    message.MessageMetadata ??= { MessageId: messageId, Receipts: [] };
    const receipts = message.MessageMetadata.Receipts;
    let receipt: Receipt | undefined = receipts.find(
      ({ RecipientParticipantId }) => RecipientParticipantId === recipient.id,
    );
    if (!receipt) {
      receipt = { RecipientParticipantId: recipient.id };
      receipts.push(receipt);
    }
    receipt[`${what}Timestamp`] = timestamp(this.#clock.now());
    this.#publish(contact, {
      ...this.#item(contact, "MESSAGEMETADATA"),
      ContentType: eventTypes.metadata,
      MessageMetadata: { MessageId: messageId, Receipts: [receipt] },
    });
  }

  /** A file appears, or its state changes: one stored item, sent again under the same Id when it changes. */
  showAttachment(contact: Contact, sender: Participant, file: AttachmentItem, publish: boolean): Item {
    const known = contact.transcript.find(
      ({ Attachments }) => Attachments?.[0]?.AttachmentId === file.AttachmentId,
    );
    const item = known ?? this.#item(contact, "ATTACHMENT", sender);
    item.Attachments = [file];
    if (!known) contact.transcript.push(item);
    return publish ? this.#publish(contact, item) : item;
  }

  #event(contact: Contact, sender: Participant, contentType: string): Item {
    return { ...this.#item(contact, "EVENT", sender), ContentType: contentType };
  }

  #item(contact: Contact, type: Item["Type"], sender?: Participant): Item {
    return {
      AbsoluteTime: timestamp(this.#clock.now()),
      Id: randomUUID(),
      Type: type,
      ContactId: contact.contactId,
      InitialContactId: contact.initialContactId,
      ...(sender && {
        ParticipantId: sender.id,
        DisplayName: sender.displayName,
        ParticipantRole: sender.role,
      }),
    };
  }

  #store(contact: Contact, item: Item, visibility: Visibility = "ALL"): Item {
    (visibility === "AGENT" ? contact.agentOnlyItems : contact.transcript).push(item);
    return this.#publish(contact, item, visibility);
  }

  #publish(contact: Contact, item: Item, visibility: Visibility = "ALL"): Item {
    for (const observer of this.#observers) observer.published?.(contact, item, visibility);
    return item;
  }
}
