// @ts-check
import { button, byId, element } from "../dom.js";
import { showDate } from "../format.js";
import { traffic } from "./observe-traffic.js";

/** @typedef {{ name: string, selector: string, secret: string, about: string }} Held */

const handlePattern = /^(ccbff_(?:pt|ct)_)([A-Za-z0-9-]+)\.(.+)$/;
const mask = "•".repeat(12);

/** What the browser never gets, by name, and where each lives. The names are all that this page knows of them. */
const secrets = [
  [
    "Amazon Connect’s participant token",
    "Sealed in DynamoDB, under a key that only the participant handle leads to",
  ],
  ["Amazon Connect’s connection token", "Sealed beside it; renewed by the server, never sent"],
  ["The key that seals them", "Derived from the handle for each request, stored nowhere"],
  ["Flow ids", "Environment of the start-chat function; the page knows an alias"],
  ["AWS credentials", "Role of each function; short-lived, from AWS itself"],
  ["Instance id", "Environment of the start-chat function"],
];
const relaySecret = [
  "ARN of the SNS topic",
  "Environment of the functions; the messages of all chats come through it",
];

/**
 * Shows what this page really holds, read from chatjs and its own socket, beside the names of what it does not.
 *
 * @param {import("../chat/chat.js").Chat} chat
 * @param {"relay" | "direct"} mode
 */
export function createHoldings(chat, mode) {
  const list = byId("handles", HTMLElement);
  let socketUrl = "";
  let made = "";
  const names = mode === "relay" ? [...secrets, relaySecret] : secrets;
  byId("secrets", HTMLElement).append(
    ...names.map(([name = "", where = ""]) =>
      element("li", {}, element("b", {}, name), element("small", {}, where)),
    ),
  );

  function show() {
    const held = chat.state === "ended" ? [] : handlesOf(chat, socketUrl, mode);
    const none =
      chat.state === "ended"
        ? "Nothing any more: the chat is over, and its handles open nothing."
        : "Nothing yet. Start a chat, and its handles appear here.";
    if (made === JSON.stringify([held, none])) return;
    made = JSON.stringify([held, none]);
    list.replaceChildren(
      ...(held.length > 0 ? held.map(renderHeld) : [element("li", {}, element("small", {}, none))]),
    );
  }

  traffic.on((exchange) => {
    if (exchange.kind !== "socket") return;
    socketUrl = exchange.event === "opened" ? exchange.url : "";
    show();
  });
  chat.changed.on(show);
  show();
}

/** @param {import("../chat/chat.js").Chat} chat @param {string} socketUrl @param {"relay" | "direct"} mode @returns {Held[]} */
function handlesOf({ handles, session }, socketUrl, mode) {
  if (!handles) return [];
  const { connectionToken, connectionTokenExpiry } = session?.getChatDetails().connectionDetails ?? {};
  const expiry = connectionTokenExpiry ? showDate(new Date(connectionTokenExpiry)) : "soon";
  return [
    toHeld("Participant handle", handles.participantToken, "Opens this chat. Lives as long as the chat"),
    ...(connectionToken
      ? [toHeld("Connection handle", connectionToken, `Sends and reads. Until ${expiry}; use renews it`)]
      : []),
    ...(socketUrl ? [toSocket(socketUrl, mode)] : []),
  ];
}

/** @param {string} name @param {string} handle @param {string} about @returns {Held} */
function toHeld(name, handle, about) {
  const [, prefix = "", selector = "", secret = handle] = handlePattern.exec(handle) ?? [];
  return { name, selector: `${prefix}${selector}.`, secret, about };
}

/** @param {string} address @param {"relay" | "direct"} mode @returns {Held} */
function toSocket(address, mode) {
  const url = new URL(address);
  return {
    name: mode === "relay" ? "Socket ticket" : "Amazon Connect’s socket address",
    selector: `${url.host}${url.pathname}?`,
    secret: url.search.slice(1),
    about:
      mode === "relay"
        ? "Opened one socket of ours; used up"
        : "A credential for one socket, used up. The relay mode sends none",
  };
}

/** @param {Held} held @returns {HTMLElement} */
function renderHeld({ name, selector, secret, about }) {
  const shown = element("code", {}, mask);
  const reveal = button("Reveal", toggle, { class: "link" });
  let open = false;

  function toggle() {
    open = !open;
    const words = open ? "Hide" : "Reveal";
    reveal.textContent = words;
    reveal.setAttribute("aria-label", `${words} the secret of: ${name}`);
    shown.textContent = open ? secret : mask;
  }

  reveal.setAttribute("aria-label", `Reveal the secret of: ${name}`);
  return element(
    "li",
    {},
    element("b", {}, name),
    element("code", {}, selector),
    element("div", { class: "secret-row" }, shown, reveal),
    element("small", {}, about),
  );
}
