import {
  findAgent,
  invite,
  lastCustomerMessage,
  saySystemMessage,
  sendFile,
} from "../agent/agent-actions.ts";
import type { Contact, Participant } from "../chat/contact.ts";
import type { Services } from "../services.ts";
import { ControlError } from "./control-error.ts";
import type { AgentAction } from "./schemas.ts";

/**
 * Lets the agent (or the flow) do something in a chat that goes on. Answers the Id of the item or attachment made.
 * Throws `ControlError` 409 where the chat is not going on or no agent is in it.
 */
export function actAsAgent(contact: Contact, act: AgentAction, services: Services): object {
  if (contact.status !== "CONNECTED") {
    throw new ControlError(
      409,
      `The contact is ${contact.status}: the flow runs only while the customer is connected.`,
    );
  }
  const { chats } = services;
  switch (act.action) {
    case "join": {
      const agent = invite(contact, act.content.role, act.content.displayName);
      return { Id: chats.join(contact, agent).Id, ParticipantId: agent.id };
    }
    case "system":
      return { Id: saySystemMessage(contact, act.content, services).Id };
    case "end":
      chats.end(contact, "the agent ended the chat");
      return {};
    default:
      return actAsJoinedAgent(contact, requireAgent(contact), act, services);
  }
}

function actAsJoinedAgent(
  contact: Contact,
  agent: Participant,
  act: Exclude<AgentAction, { action: "join" | "system" | "end" }>,
  services: Services,
): object {
  const { chats } = services;
  switch (act.action) {
    case "message":
      return { Id: chats.say(contact, agent, act.content.contentType, act.content.content).Id };
    case "typing":
      return { Id: chats.type(contact, agent).Id };
    case "delivered":
      chats.receive(contact, agent, messageIdOf(contact, act.content), "Delivered");
      return {};
    case "read":
      chats.receive(contact, agent, messageIdOf(contact, act.content), "Read");
      return {};
    case "attachment": {
      const { name, contentType, text = "", base64 } = act.content;
      const body = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, "base64");
      return { AttachmentId: sendFile(contact, agent, { name, contentType, body }, services) };
    }
    case "leave":
      chats.leave(contact, agent, "the agent left");
      return {};
  }
}

function requireAgent(contact: Contact): Participant {
  const agent = findAgent(contact);
  if (!agent) throw new ControlError(409, 'No agent is in the chat; let one "join" first.');
  return agent;
}

function messageIdOf(contact: Contact, given: string | undefined): string {
  const id = given ?? lastCustomerMessage(contact)?.Id;
  if (id === undefined) throw new ControlError(409, "The customer has not said anything yet.");
  return id;
}
