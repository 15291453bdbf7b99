// @ts-check
import { byId } from "../dom.js";
import { Chat } from "./chat.js";
import { createComposer } from "./composer.js";
import { createConversationView } from "./conversation-view.js";
import { download } from "./download.js";
import { createEndChat } from "./end-chat.js";
import { toEntries } from "./entries.js";
import { createStartForm } from "./start-form.js";
import { showStatus } from "./status-view.js";
import { storedChat } from "./stored-chat.js";
import { Uploads } from "./uploads.js";

/**
 * Builds the customer's part of the page, and goes on with the chat that the browser holds handles of.
 *
 * @param {readonly string[]} flows
 * @returns {Chat}
 */
export function createChatPart(flows) {
  const chat = new Chat();
  const form = createStartForm(chat, flows);
  const uploads = new Uploads(chat);
  /** @type {Map<string, number>} */
  const sizes = new Map();
  const view = createConversationView({
    scroll: byId("messages-scroll", HTMLElement),
    list: byId("messages", HTMLElement),
    onRetry: (token) => chat.retry(token),
    onDownload: async (file) => {
      const size = await download(chat.session, file);
      if (size !== undefined) sizes.set(file.id, size);
      chat.changed.emit(undefined);
    },
  });

  function show() {
    const inChat = chat.handles !== undefined;
    const over = chat.state === "ended";
    byId("start-form", HTMLElement).hidden = inChat;
    byId("conversation", HTMLElement).hidden = !inChat;
    byId("composer", HTMLElement).hidden = over;
    byId("uploads", HTMLElement).hidden = over;
    byId("typing", HTMLElement).hidden = chat.typing.name === undefined;
    byId("typing-words", HTMLElement).textContent = `${chat.typing.name} is typing…`;
    const sizeOf = (/** @type {{ AttachmentId: string, AttachmentName: string }} */ file) =>
      sizes.get(file.AttachmentId) ?? uploads.sizes.get(file.AttachmentName);
    view(toEntries(chat.transcript, { side: "customer", isOver: over, sizeOf }));
  }

  function act() {
    if (chat.state === "ended") {
      chat.reset();
      byId("customer-title", HTMLElement).focus();
    } else if (chat.state === "lost") {
      location.reload();
    } else if (chat.handles) {
      void chat.resume(chat.handles);
    } else {
      form.start();
    }
  }

  chat.changed.on(show);
  createComposer(chat);
  createEndChat(chat);
  showStatus(chat, act);
  keepFocus(chat);
  const stored = storedChat();
  if (stored) void chat.resume(stored);
  else show();
  return chat;
}

/** The field to write in gets the focus when the form that had it is gone; a page that only loads takes it from nobody. @param {Chat} chat */
function keepFocus(chat) {
  const form = byId("start-form", HTMLElement);
  let wasInForm = false;
  document.addEventListener("focusin", ({ target }) => {
    wasInForm = target instanceof Node && form.contains(target);
  });
  chat.changed.on(() => {
    if (!wasInForm || !form.hidden) return;
    wasInForm = false;
    byId("message", HTMLTextAreaElement).focus();
  });
}
