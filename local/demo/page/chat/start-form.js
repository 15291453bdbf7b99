// @ts-check
import { byId, element } from "../dom.js";

/**
 * The form that starts a chat.
 *
 * @param {import("./chat.js").Chat} chat
 * @param {readonly string[]} flows aliases to choose from
 * @returns {{ start(): void }} starts with what stands in the form
 */
export function createStartForm(chat, flows) {
  const form = byId("start-form", HTMLFormElement);
  const choice = form.elements.namedItem("flow");
  for (const flow of flows) {
    const words = flow.charAt(0).toUpperCase() + flow.slice(1).replaceAll(/[-_]/g, " ");
    if (choice instanceof HTMLSelectElement) choice.append(element("option", { value: flow }, words));
  }

  function start() {
    const fields = new FormData(form);
    const text = (/** @type {string} */ name) => String(fields.get(name) ?? "").trim();
    void chat.start({ name: text("name"), flow: text("flow"), message: text("message") });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start();
  });
  return { start };
}
