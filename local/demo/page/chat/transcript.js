// @ts-check

/**
 * One thing that happened in a chat, as Amazon Connect tells it.
 *
 * @typedef {{ Id: string, Type: string, AbsoluteTime: string, ContentType?: string, Content?: string, DisplayName?: string,
 *   ParticipantId?: string, ParticipantRole?: string,
 *   Attachments?: { AttachmentId: string, AttachmentName: string, ContentType: string, Status: string }[],
 *   MessageMetadata?: { MessageId?: string,
 *     Receipts?: { DeliveredTimestamp?: string, ReadTimestamp?: string, RecipientParticipantId?: string }[] } }} Item
 *
 * A message on its way: `failed` is why it did not get there.
 * @typedef {{ token: string, text: string, at: Date, failed?: string }} Outgoing
 */

/** How far a message got. @typedef {"sent" | "delivered" | "read"} Progress */

const event = "application/vnd.amazonaws.connect.event.";

/** The items of one chat, each once and in order. chatjs tells them as they come: repeated, and in any order. */
export class Transcript {
  /** @type {Map<string, Item>} */
  #items = new Map();
  /** @type {Map<string, Progress>} */
  #progress = new Map();
  /** @type {Map<string, Outgoing>} */
  #outgoing = new Map();

  /** An item takes the place of an earlier one with its Id: a file comes again with a new Status. @param {Item} item */
  add(item) {
    this.addReceipts(item);
    if (item.Type === "MESSAGEMETADATA" || item.ContentType === `${event}typing`) return;
    this.#items.set(item.Id || `${item.Type} ${item.ContentType}`, item);
  }

  /** @param {Item} item */
  addReceipts({ Id, MessageMetadata }) {
    const id = MessageMetadata?.MessageId ?? Id;
    for (const { ReadTimestamp, DeliveredTimestamp } of MessageMetadata?.Receipts ?? []) {
      if (ReadTimestamp) this.#progress.set(id, "read");
      else if (DeliveredTimestamp && this.#progress.get(id) !== "read") this.#progress.set(id, "delivered");
    }
  }

  /** Oldest first. Times are not unique: those of one instant stay as they came. @returns {Item[]} */
  items() {
    const time = (/** @type {Item} */ { AbsoluteTime }) =>
      Date.parse(AbsoluteTime) || Number.MAX_SAFE_INTEGER;
    return [...this.#items.values()].sort((one, other) => time(one) - time(other));
  }

  /** @param {string} id @returns {Progress} */
  progressOf(id) {
    return this.#progress.get(id) ?? "sent";
  }

  /** @returns {Outgoing[]} */
  outgoing() {
    return [...this.#outgoing.values()];
  }

  /** @param {Outgoing} message */
  setOutgoing(message) {
    this.#outgoing.set(message.token, message);
  }

  /** @param {string} token */
  dropOutgoing(token) {
    this.#outgoing.delete(token);
  }

  /** Names of the agents who are in the chat now. @returns {string[]} */
  agents() {
    /** @type {Map<string, string>} */
    const present = new Map();
    for (const {
      ParticipantId = "",
      ParticipantRole,
      ContentType,
      DisplayName = "an agent",
    } of this.items()) {
      if (ParticipantRole !== "AGENT" && ParticipantRole !== "SUPERVISOR") continue;
      if (ContentType === `${event}participant.joined`) present.set(ParticipantId, DisplayName);
      if (ContentType === `${event}participant.left`) present.delete(ParticipantId);
    }
    return [...present.values()];
  }
}
