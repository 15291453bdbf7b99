import { randomUUID } from "node:crypto";
import { scanAttachment, startAttachment } from "../chat/attachments.ts";
import type { Contact, Item, Participant, Role } from "../chat/contact.ts";
import type { Services } from "../services.ts";

type Needs = Pick<Services, "bucket" | "chats" | "switches" | "timeline">;

/** Somebody new for a chat, not joined yet: an agent, a supervisor, or the system that speaks for the flow. */
export function invite(contact: Contact, role: Role, displayName: string): Participant {
  const participant: Participant = { id: randomUUID(), role, displayName, state: "invited" };
  contact.participants.push(participant);
  return participant;
}

/** The agent who is in the chat now, or undefined. */
export function findAgent(contact: Contact): Participant | undefined {
  return contact.participants.findLast(({ role, state }) => role === "AGENT" && state === "joined");
}

/** The newest message of the customer, which a receipt is about where it names none. */
export function lastCustomerMessage(contact: Contact): Item | undefined {
  return contact.transcript.findLast(
    ({ Type, ParticipantRole }) => Type === "MESSAGE" && ParticipantRole === "CUSTOMER",
  );
}

/** A system message, as a flow's "Play prompt" sends it. */
export function saySystemMessage(contact: Contact, content: string, { chats }: Needs): Item {
  const known = contact.participants.find(({ role }) => role === "SYSTEM");
  return chats.say(contact, known ?? invite(contact, "SYSTEM", "SYSTEM_MESSAGE"), "text/plain", content);
}

/** Hands a chat over: the transfer is told of, the agent leaves, and somebody new joins, who is the answer. */
export function transferToColleague(
  contact: Contact,
  agent: Participant,
  displayName: string,
  { chats }: Pick<Services, "chats">,
): Participant {
  chats.transfer(contact, agent, "Succeeded");
  chats.leave(contact, agent, "the agent transferred the chat");
  const colleague = invite(contact, "AGENT", displayName);
  chats.join(contact, colleague);
  return colleague;
}

/** An agent sends a file. It goes through the scanner as a customer's does. */
export function sendFile(
  contact: Contact,
  agent: Participant,
  file: { name: string; contentType: string; body: Buffer },
  services: Needs,
): string {
  const { name, contentType, body } = file;
  const attachment = startAttachment(contact, agent, { name, contentType, size: body.length });
  const contentDisposition = `attachment; filename="${encodeURIComponent(name)}"`;
  services.bucket.put(attachment.uploadKey, { body, contentType, contentDisposition });
  scanAttachment(contact, attachment, services);
  return attachment.id;
}
