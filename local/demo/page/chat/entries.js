// @ts-check
import { readTime, showClock, showDay, showKind, showSize } from "../format.js";

/**
 * What stands in a conversation: a line of its own each.
 *
 * @typedef {{ key: string, kind: "message" | "file" | "event" | "day", own?: boolean, who?: string, text: string, time?: string,
 *   iso?: string, status?: string, failed?: boolean, follows?: boolean, token?: string,
 *   file?: { id: string, name: string, about: string, status: string, canDownload: boolean } }} Entry
 * @typedef {import("./transcript.js").Item} Item
 * @typedef {import("./transcript.js").Transcript} Transcript
 */

const event = "application/vnd.amazonaws.connect.event.";
const rank = { sent: 0, delivered: 1, read: 2 };
const progressWords = { sent: "Sent", delivered: "Delivered", read: "Read" };

/** What a person reads of each event; the others are none of their business. @type {Record<string, (who: string) => string>} */
const eventWords = {
  "participant.joined": (who) => `${who} joined`,
  "participant.left": (who) => `${who} left`,
  "participant.idle": (who) => `${who} has been quiet for a while`,
  "participant.returned": (who) => `${who} is back`,
  "participant.autodisconnection": (who) => `${who} was disconnected for being away`,
  "transfer.succeeded": () => "The chat was handed over",
  "transfer.failed": () => "The chat could not be handed over",
  "chat.ended": () => "The chat ended",
};

/** @param {Item} item */
const isAgent = ({ ParticipantRole }) => ParticipantRole === "AGENT" || ParticipantRole === "SUPERVISOR";

/**
 * A conversation as one side sees it.
 *
 * @param {Transcript} transcript
 * @param {{ side: "customer" | "agent", isOver?: boolean, sizeOf?: (attachment: { AttachmentId: string, AttachmentName: string }) => number | undefined }} view
 * @returns {Entry[]}
 */
export function toEntries(transcript, { side, isOver = false, sizeOf = () => undefined }) {
  const isOwn = (/** @type {Item} */ item) =>
    side === "agent" ? isAgent(item) : item.ParticipantRole === "CUSTOMER";
  const items = transcript.items().filter((item) => isShown(item, side));
  const entries = items.map((item) => toEntry(item, isOwn(item), sizeOf));
  // The files of a chat that is over cannot be had any more.
  for (const { file } of entries) if (file && isOver) file.canDownload = false;
  markProgress(entries, transcript);
  return withDays([...entries, ...transcript.outgoing().map(toOutgoing)]);
}

/** Everybody knows of their own joining. @param {Item} item @param {"customer" | "agent"} side */
function isShown({ Type, ContentType = "", ParticipantRole }, side) {
  if (Type !== "EVENT") return Type === "MESSAGE" || Type === "ATTACHMENT";
  return ContentType.replace(event, "") in eventWords && (side === "agent" || ParticipantRole !== "CUSTOMER");
}

/** @param {Item} item @param {boolean} own @param {NonNullable<Parameters<typeof toEntries>[1]["sizeOf"]>} sizeOf @returns {Entry} */
function toEntry(item, own, sizeOf) {
  const { Id, Type, ContentType = "", Content = "", DisplayName, ParticipantRole, AbsoluteTime } = item;
  const date = readTime(AbsoluteTime);
  const who = ParticipantRole === "SYSTEM" ? "Automatic message" : (DisplayName ?? "Somebody");
  const common = {
    key: Id || ContentType,
    who,
    own,
    ...(date && { time: showClock(date), iso: AbsoluteTime }),
  };
  if (Type === "EVENT") {
    const words = eventWords[ContentType.replace(event, "")];
    return { ...common, kind: "event", own: false, text: words?.(who) ?? "" };
  }
  const [attachment] = item.Attachments ?? [];
  if (!attachment) return { ...common, kind: "message", text: Content };
  const { AttachmentId: id, AttachmentName: name, ContentType: type, Status: status } = attachment;
  const size = sizeOf(attachment);
  const about = [showKind(name, type), ...(size === undefined ? [] : [showSize(size)])].join(" · ");
  return {
    ...common,
    kind: "file",
    text: name,
    file: { id, name, about: fileWords(status, about), status, canDownload: status === "APPROVED" },
  };
}

/** @param {string} status @param {string} about */
function fileWords(status, about) {
  if (status === "REJECTED") return "Rejected by the virus scanner";
  return status === "APPROVED" ? about : `${about} · being checked`;
}

/** Who has read a message has read those before it; the newest of a row says it for all. @param {Entry[]} entries @param {Transcript} transcript */
function markProgress(entries, transcript) {
  /** @type {import("./transcript.js").Progress} */
  let least = "sent";
  for (const entry of entries.toReversed()) {
    if (!entry.own || entry.kind !== "message") continue;
    const progress = transcript.progressOf(entry.key);
    if (rank[progress] > rank[least]) least = progress;
    entry.status = progressWords[least];
  }
}

/** @param {import("./transcript.js").Outgoing} message @returns {Entry} */
function toOutgoing({ token, text, at, failed }) {
  return {
    key: token,
    token,
    kind: "message",
    own: true,
    text,
    who: "",
    time: showClock(at),
    iso: at.toISOString(),
    status: failed ?? "Sending…",
    failed: failed !== undefined,
  };
}

/** @param {Entry[]} entries @returns {Entry[]} */
function withDays(entries) {
  /** @type {Entry[]} */
  const shown = [];
  let day = "";
  for (const entry of entries) {
    const before = shown.at(-1);
    const date = readTime(entry.iso);
    if (date && date.toDateString() !== day) {
      day = date.toDateString();
      shown.push({ key: `day ${day}`, kind: "day", text: showDay(date) });
    } else if (before && isRow(before, entry)) {
      entry.follows = true;
      if (before.time === entry.time && before.status === entry.status) {
        delete before.time;
        delete before.status;
      }
    }
    shown.push(entry);
  }
  return shown;
}

/** @param {Entry} before @param {Entry} entry */
function isRow(before, entry) {
  const talks = [before, entry].every(({ kind }) => kind === "message" || kind === "file");
  return (
    talks && before.own === entry.own && (entry.own === true || before.who === entry.who) && !before.failed
  );
}
