// @ts-check
import { announce } from "../announce.js";
import { byId } from "../dom.js";

/** @typedef {{ label: string, title?: string, text?: string, action?: string }} Words */

/**
 * What a person is told of each state.
 *
 * @param {import("./chat.js").Chat} chat
 * @returns {Words}
 */
function wordsOf(chat) {
  switch (chat.state) {
    case "not-started":
      return { label: "Not started" };
    case "connecting":
      return { label: "Connecting…" };
    case "queued":
      return {
        label: "Waiting for an agent",
        title: "You are connected",
        text: "Somebody will join in a moment. You can write already.",
      };
    case "chatting":
      return { label: `Chatting with ${chat.transcript.agents().join(", ")}` };
    case "reconnecting":
      return {
        label: "Reconnecting…",
        title: "The connection was lost",
        text: "It is being restored. Nothing that is said meanwhile is lost.",
      };
    case "lost":
      return {
        label: "Not connected",
        title: "The connection could not be restored",
        text: "The chat still goes on. Try to come back to it.",
        action: "Try again",
      };
    case "ended":
      return {
        label: "Ended",
        title: "The chat has ended",
        text: "Thank you for getting in touch.",
        action: "Start a new chat",
      };
    case "refused":
      return {
        label: "Not started",
        title: chat.refusal?.title ?? "",
        text: chat.refusal?.message ?? "",
        action: "Try again",
      };
  }
}

/**
 * Shows where the chat stands: to the eye, to the ear, and in `data-state` to a test. A refusal that says when to come back
 * counts down, and only then lets one try.
 *
 * @param {import("./chat.js").Chat} chat
 * @param {() => void} act the notice's one button
 */
export function showStatus(chat, act) {
  const root = byId("customer", HTMLElement);
  const notice = byId("notice", HTMLElement);
  const action = byId("notice-action", HTMLButtonElement);
  let timer = 0;
  let said = "";
  action.addEventListener("click", act);

  function show() {
    const words = wordsOf(chat);
    const sentence = [words.title ?? words.label, words.text ?? ""].join(". ");
    if (said === sentence && root.dataset["state"] === chat.state) return;
    said = sentence;
    root.dataset["state"] = chat.state;
    announce(sentence);
    byId("state-words", HTMLElement).textContent = words.label;
    byId("notice-title", HTMLElement).textContent = words.title ?? "";
    byId("notice-text", HTMLElement).textContent = words.text ?? "";
    notice.hidden = words.title === undefined;
    action.hidden = words.action === undefined;
    clearInterval(timer);
    offer(words.action ?? "", chat.refusal?.retryAfterSeconds ?? 0);
    if (chat.state === "ended") action.focus();
    // The button that was pressed cannot be pressed now; the focus stays near.
    if (chat.state === "refused") byId("customer-title", HTMLElement).focus();
  }

  /** @param {string} words @param {number} seconds */
  function offer(words, seconds) {
    const until = Date.now() + seconds * 1_000;
    const submit = document.querySelector("#start-form button");
    function tick() {
      const left = Math.ceil((until - Date.now()) / 1_000);
      action.disabled = left > 0;
      if (submit instanceof HTMLButtonElement) submit.disabled = left > 0 || chat.state === "connecting";
      action.textContent = left > 0 ? `${words} in ${left} s` : words;
      if (left <= 0) clearInterval(timer);
    }
    timer = window.setInterval(tick, 250);
    tick();
  }

  chat.changed.on(show);
  show();
}
