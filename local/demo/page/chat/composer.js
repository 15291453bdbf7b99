// @ts-check
import { byId, submitOnEnter } from "../dom.js";

/** Lets the customer write; the agent sees that they do. @param {import("./chat.js").Chat} chat */
export function createComposer(chat) {
  const field = byId("message", HTMLTextAreaElement);
  submitOnEnter(field);
  field.addEventListener("input", () => {
    if (field.value.trim() !== "") chat.type();
  });
  byId("composer", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "") return;
    field.value = "";
    void chat.send(text);
  });
}
