// @ts-check
import { toEntries } from "../chat/entries.js";
import { Transcript } from "../chat/transcript.js";
import { element } from "../dom.js";

/** @typedef {import("./agent-client.js").Contact} Contact */

const stateWords = { WAITING: "The customer is not connected yet", ENDED: "This chat has ended" };

/** The agent who is in the chat now. @param {Contact} contact */
export function agentOf({ Participants }) {
  return Participants.findLast(
    ({ ParticipantRole, State }) => ParticipantRole === "AGENT" && State === "joined",
  );
}

/** Where a chat stands, in the agent’s words. @param {Contact} contact @returns {string} */
export function describe(contact) {
  const { Status } = contact;
  if (Status === "WAITING" || Status === "ENDED") return stateWords[Status];
  const agent = agentOf(contact);
  return agent
    ? `${contact.DisplayName} with ${agent.DisplayName}`
    : `${contact.DisplayName} is waiting for an agent`;
}

/** The conversation as the agent sees it. @param {Contact} contact */
export function entriesOf({ Transcript: items, Attachments }) {
  const transcript = new Transcript();
  for (const item of items) transcript.add(item);
  const sizeOf = (/** @type {{ AttachmentId: string }} */ { AttachmentId }) =>
    Attachments.find((file) => file.AttachmentId === AttachmentId)?.SizeInBytes;
  return toEntries(transcript, { side: "agent", sizeOf });
}

/**
 * Fills the list of contacts, newest first, touching it only where something changed.
 *
 * @param {HTMLSelectElement} choice
 * @param {Contact[]} contacts
 * @param {string} chosen
 */
export function listChoices(choice, contacts, chosen) {
  const words = contacts.toReversed().map(({ ContactId, DisplayName, Status }) => {
    const state = Status === "ENDED" ? " (ended)" : "";
    return { value: ContactId, text: `${DisplayName} · ${ContactId.slice(0, 4)}${state}` };
  });
  choice.disabled = words.length === 0;
  const made = JSON.stringify(words);
  if (choice.dataset["made"] !== made) {
    choice.dataset["made"] = made;
    choice.replaceChildren(...words.map(({ value, text }) => element("option", { value }, text)));
    if (words.length === 0) choice.append(element("option", {}, "No contacts"));
  }
  if (words.length > 0) choice.value = chosen;
}
