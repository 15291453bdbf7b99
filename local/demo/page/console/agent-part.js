// @ts-check
import { createConversationView } from "../chat/conversation-view.js";
import { byId, submitOnEnter } from "../dom.js";
import { act, cutNetwork, listContacts } from "./agent-client.js";
import { agentOf, describe, entriesOf, listChoices } from "./contact-view.js";

/** @typedef {import("./agent-client.js").Contact} Contact */

/** How often the console looks, in milliseconds, while somebody looks at it. */
const pollMs = 1_000;
const note = {
  name: "opening-hours.txt",
  contentType: "text/plain",
  text: "Monday to Friday, 8:00 to 18:00.\n",
};

/**
 * Builds the agent's part of the page. It shows the customer's chat of this tab, until another contact is chosen.
 *
 * @param {import("../chat/chat.js").Chat} chat
 * @param {boolean} simulated whether there is an agent to play
 */
export function createAgentPart(chat, simulated) {
  byId("agent-absent", HTMLElement).hidden = simulated;
  byId("agent-desk", HTMLElement).hidden = !simulated;
  const choice = byId("contacts", HTMLSelectElement);
  choice.hidden = !simulated;
  if (!simulated) {
    byId("agent-state", HTMLElement).textContent = "Not simulated";
    return;
  }
  const field = byId("agent-message", HTMLTextAreaElement);
  const view = createConversationView({
    scroll: byId("agent-scroll", HTMLElement),
    list: byId("agent-messages", HTMLElement),
  });
  /** @type {Contact[]} */
  let contacts = [];
  let chosen = "";

  async function look() {
    try {
      contacts = await listContacts();
      show();
    } catch (error) {
      tell(error);
    }
  }

  function show() {
    if (!contacts.some(({ ContactId }) => ContactId === chosen)) chosen = contacts.at(-1)?.ContactId ?? "";
    listChoices(choice, contacts, chosen);
    const contact = contacts.find(({ ContactId }) => ContactId === chosen);
    byId("agent-empty", HTMLElement).hidden = contact !== undefined;
    byId("agent-state", HTMLElement).textContent = contact ? describe(contact) : "No chats yet";
    const going = contact?.Status === "CONNECTED";
    for (const control of document.querySelectorAll("#agent-desk button, #agent-desk textarea")) {
      if (control instanceof HTMLButtonElement || control instanceof HTMLTextAreaElement)
        control.disabled = !going;
    }
    view(contact ? entriesOf(contact) : []);
  }

  /** @param {() => Promise<unknown>} doIt */
  async function perform(doIt) {
    byId("agent-error", HTMLElement).textContent = "";
    await doIt().catch(tell);
    await look();
  }

  /** Answers in the agent's name, joining first where no agent is there. @param {() => Promise<unknown>} doIt */
  async function asAgent(doIt) {
    const contact = contacts.find(({ ContactId }) => ContactId === chosen);
    if (contact && agentOf(contact) === undefined) await act(chosen, "join", "Alex");
    return doIt();
  }

  /** @type {Record<string, () => Promise<unknown>>} */
  const acts = {
    "take-over": () => act(chosen, "take-over"),
    typing: () => asAgent(() => act(chosen, "typing")),
    delivered: () => act(chosen, "delivered"),
    read: () => act(chosen, "read"),
    attachment: () => asAgent(() => act(chosen, "attachment", note)),
    system: () =>
      act(chosen, "system", takeText() || "All our agents are helping others. Thank you for waiting."),
    transfer: () => act(chosen, "transfer", "Robin"),
    leave: () => act(chosen, "leave"),
    cut: () => cutNetwork(chosen),
    end: () => act(chosen, "end"),
  };

  function takeText() {
    const text = field.value.trim();
    field.value = "";
    return text;
  }

  for (const control of document.querySelectorAll("[data-act]")) {
    const doIt = acts[control.getAttribute("data-act") ?? ""];
    if (doIt) control.addEventListener("click", () => void perform(doIt));
  }
  submitOnEnter(field);
  byId("agent-composer", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const text = takeText();
    if (text !== "") void perform(() => asAgent(() => act(chosen, "message", text)));
  });
  choice.addEventListener("change", () => {
    chosen = choice.value;
    show();
  });
  let followed = "";
  chat.changed.on(() => {
    const own = chat.handles?.contactId ?? "";
    if (own === followed) return;
    followed = own;
    chosen = own || chosen;
    void look();
  });
  setInterval(() => {
    if (document.visibilityState === "visible") void look();
  }, pollMs);
  void look();
}

/** @param {unknown} error */
function tell(error) {
  byId("agent-error", HTMLElement).textContent = error instanceof Error ? error.message : String(error);
}
