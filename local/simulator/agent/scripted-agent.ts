import type { ChatObserver } from "../chat/chats.ts";
import type { Contact, Item, Participant } from "../chat/contact.ts";
import type { Services } from "../services.ts";
import { findAgent, invite } from "./agent-actions.ts";

type Needs = Pick<Services, "chats" | "switches" | "timeline">;

/**
 * An agent that plays by a script, for people who try a chat by themselves: it joins when the customer is connected,
 * greets, acknowledges each message and answers it. Switched on and timed by `switches.agent`.
 */
export function createScriptedAgent({ chats, switches, timeline }: Needs): ChatObserver {
  const script = switches.agent;
  const agents = new Set<Participant>();

  function whileItLasts(contact: Contact, delayMs: number, act: () => void) {
    timeline.after(delayMs, function actUnlessOver() {
      if (contact.status === "CONNECTED") act();
    });
  }

  function joinAndGreet(contact: Contact) {
    const agent = invite(contact, "AGENT", script.displayName);
    agents.add(agent);
    chats.join(contact, agent);
    whileItLasts(contact, script.greetingDelayMs, () =>
      chats.say(contact, agent, "text/plain", script.greeting),
    );
  }

  function answer(contact: Contact, agent: Participant, item: Item) {
    chats.receive(contact, agent, item.Id, "Delivered");
    whileItLasts(contact, script.typingDelayMs, function readAndType() {
      chats.receive(contact, agent, item.Id, "Read");
      chats.type(contact, agent);
      whileItLasts(contact, script.replyDelayMs, () =>
        chats.say(contact, agent, "text/plain", `You said: ${item.Content}`),
      );
    });
  }

  return {
    started(contact) {
      if (script.enabled) whileItLasts(contact, script.joinDelayMs, () => joinAndGreet(contact));
    },
    said(contact, sender, item) {
      const agent = findAgent(contact);
      if (sender.role === "CUSTOMER" && agent && agents.has(agent)) answer(contact, agent, item);
    },
  };
}
