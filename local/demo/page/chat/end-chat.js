// @ts-check
import { announce } from "../announce.js";
import { byId } from "../dom.js";
import { refusalOfChatjs } from "./refusal.js";

const endable = new Set(["queued", "chatting", "reconnecting"]);

/** Asks before it ends the chat, which cannot be undone. @param {import("./chat.js").Chat} chat */
export function createEndChat(chat) {
  const open = byId("end-chat", HTMLButtonElement);
  const dialog = byId("end-dialog", HTMLDialogElement);
  open.addEventListener("click", () => dialog.showModal());
  byId("end-no", HTMLButtonElement).addEventListener("click", () => dialog.close());
  byId("end-yes", HTMLButtonElement).addEventListener("click", () => {
    dialog.close();
    chat.end().catch((error) => announce(`The chat could not be ended. ${refusalOfChatjs(error).message}`));
  });
  chat.changed.on(() => {
    open.hidden = !endable.has(chat.state);
    if (open.hidden && dialog.open) dialog.close();
  });
}
