import {
  findAgent,
  invite,
  lastCustomerMessage,
  saySystemMessage,
  sendFile,
  transferToColleague,
} from "../agent/agent-actions.ts";
import type { Contact, Participant } from "../chat/contact.ts";
import type { Services } from "../services.ts";
import { ControlError } from "./control-error.ts";
import type { AgentAction } from "./schemas.ts";

/** What only an agent who is in the chat can do. */
type ActionInChat = Exclude<
  AgentAction,
  { action: "join" | "system" | "idle" | "returned" | "autodisconnect" | "take-over" | "end" }
>;

/**
 * Lets the agent (or the flow) do something in a chat that goes on. Answers the Id of the item or attachment made.
 * A chat can be taken over before its customer is connected.
 * Throws `ControlError` 409 where the chat is not going on or no agent is in it.
 */
export function actAsAgent(contact: Contact, act: AgentAction, services: Services): object {
  if (act.action === "take-over") return takeOver(contact);
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
    case "idle":
    case "returned":
      return { Id: chats.notice(contact, act.action).Id };
    case "autodisconnect": {
      const { Id } = chats.notice(contact, "autodisconnection");
      chats.leave(contact, contact.customer, "the customer was idle for too long");
      return { Id };
    }
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
  act: ActionInChat,
  services: Services,
): object {
  const { chats } = services;
  switch (act.action) {
    case "message": {
      const { contentType, content } = act.content;
      return { Id: chats.say(contact, agent, contentType, content, act.visibility).Id };
    }
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
    case "transfer":
      return { ParticipantId: transferToColleague(contact, agent, act.content.displayName, services).id };
    case "transfer-failed":
      return { Id: chats.transfer(contact, agent, "Failed").Id };
    case "leave":
      chats.leave(contact, agent, "the agent left");
      return {};
  }
}

/** From now on a human plays the agent: the one who is in the chat, or one whom they let join. */
function takeOver(contact: Contact): object {
  if (contact.status === "ENDED") throw new ControlError(409, "The contact is ENDED.");
  contact.takenOver = true;
  const agent = findAgent(contact);
  return agent ? { ParticipantId: agent.id } : {};
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
