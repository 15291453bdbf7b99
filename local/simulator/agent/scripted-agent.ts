import type { ChatObserver } from "../chat/chats.ts";
import type { Contact, Item, Participant } from "../chat/contact.ts";
import type { Services } from "../services.ts";
import { findAgent, invite, transferToColleague } from "./agent-actions.ts";

type Needs = Pick<Services, "chats" | "switches" | "timeline">;

/** A customer who says this wants another agent. */
const transferWish = /\btransfer\b/i;

/**
 * An agent that plays by a script, for people who try a chat by themselves: it joins when the customer is connected,
 * greets, acknowledges each message and answers it, or hands the chat over to a colleague who greets.
 * Switched on and timed by `switches.agent`. It stops for good where a human takes over.
 */
export function createScriptedAgent({ chats, switches, timeline }: Needs): ChatObserver {
  const script = switches.agent;
  const agents = new Set<Participant>();

  function isOnStage(contact: Contact): boolean {
    return contact.status === "CONNECTED" && !contact.takenOver;
  }

  function afterwards(contact: Contact, delayMs: number, act: () => void, agent?: Participant) {
    timeline.after(delayMs, function actUnlessOver() {
      if (isOnStage(contact) && agent?.state !== "left") act();
    });
  }

  function join(contact: Contact) {
    const agent = invite(contact, "AGENT", script.displayName);
    chats.join(contact, agent);
    greet(contact, agent);
  }

  function greet(contact: Contact, agent: Participant) {
    agents.add(agent);
    const say = () => chats.say(contact, agent, "text/plain", script.greeting);
    afterwards(contact, script.greetingDelayMs, say, agent);
  }

  function handOver(contact: Contact, agent: Participant) {
    const { displayName, colleagueName } = script;
    const next = agent.displayName === colleagueName ? displayName : colleagueName;
    greet(contact, transferToColleague(contact, agent, next, { chats }));
  }

  function respond(contact: Contact, agent: Participant, { Content = "" }: Item) {
    if (transferWish.test(Content)) handOver(contact, agent);
    else chats.say(contact, agent, "text/plain", `You said: ${Content}`);
  }

  function readAndRespond(contact: Contact, agent: Participant, item: Item) {
    function readAndType() {
      chats.receive(contact, agent, item.Id, "Read");
      chats.type(contact, agent);
      afterwards(contact, script.replyDelayMs, () => respond(contact, agent, item), agent);
    }

    chats.receive(contact, agent, item.Id, "Delivered");
    afterwards(contact, script.typingDelayMs, readAndType, agent);
  }

  return {
    started(contact) {
      if (script.enabled) afterwards(contact, script.joinDelayMs, () => join(contact));
    },
    said(contact, sender, item) {
      const agent = findAgent(contact);
      if (sender.role !== "CUSTOMER" || !agent || !agents.has(agent) || !isOnStage(contact)) return;
      readAndRespond(contact, agent, item);
    },
  };
}
