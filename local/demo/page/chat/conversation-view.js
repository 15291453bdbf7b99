// @ts-check
import { button, element } from "../dom.js";

/** @typedef {import("./entries.js").Entry} Entry */

/** How near to its end a conversation must stand to follow what comes, in pixels. */
const nearMargin = 80;

/**
 * Shows entries in a list, changing only what changed: a screen reader hears what is new, and the reader keeps the place.
 *
 * @param {{ scroll: HTMLElement, list: HTMLElement, onDownload?: ((file: NonNullable<Entry["file"]>) => void) | undefined, onRetry?: ((token: string) => void) | undefined }} parts
 * @returns {(entries: Entry[]) => void}
 */
export function createConversationView({ scroll, list, onDownload, onRetry }) {
  /** @type {Map<string, { node: HTMLElement, made: string }>} */
  const shown = new Map();
  let follows = true;

  function followEnd() {
    if (follows) scroll.scrollTop = scroll.scrollHeight;
  }

  scroll.addEventListener("scroll", () => {
    follows = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < nearMargin;
  });
  new ResizeObserver(followEnd).observe(scroll);

  /** @param {Entry} entry @returns {HTMLElement} */
  function nodeOf(entry) {
    const made = JSON.stringify(entry);
    const known = shown.get(entry.key);
    if (known?.made === made) return known.node;
    const node = render(entry, { onDownload, onRetry });
    known?.node.replaceWith(node);
    shown.set(entry.key, { node, made });
    return node;
  }

  return function show(entries) {
    const keys = new Set(entries.map(({ key }) => key));
    for (const [key, { node }] of shown) {
      if (keys.has(key)) continue;
      node.remove();
      shown.delete(key);
    }
    entries.forEach((entry, index) => {
      const node = nodeOf(entry);
      if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
    });
    followEnd();
  };
}

/** @typedef {Pick<Parameters<typeof createConversationView>[0], "onDownload" | "onRetry">} Acts */

/** @param {Entry} entry @param {Acts} acts @returns {HTMLElement} */
function render(entry, acts) {
  const { kind, own, follows, failed, who, text } = entry;
  const marks = { own, follows, failed, [kind]: kind === "event" || kind === "day" };
  const names = Object.entries(marks).flatMap(([name, is]) => (is ? [name] : []));
  const node = element("li", { class: ["entry", ...names].join(" ") });
  if (kind === "day" || kind === "event") {
    node.append(element("span", {}, text), ...meta(entry, acts));
    return node;
  }
  if (own) node.append(element("span", { class: "unseen" }, "You: "));
  else node.append(element("span", { class: "who" }, who ?? ""));
  node.append(
    kind === "file" ? renderFile(entry, acts) : element("div", { class: "bubble" }, text),
    ...meta(entry, acts),
  );
  return node;
}

/** @param {Entry} entry @param {Acts} acts @returns {HTMLElement[]} */
function meta({ time, iso, status, failed, token }, { onRetry }) {
  if (time === undefined && status === undefined) return [];
  const line = element("p", { class: "meta" });
  if (time) line.append(element("time", { datetime: iso ?? "" }, time));
  if (time && status) line.append(element("span", { "aria-hidden": "true" }, "·"));
  if (status) line.append(element("span", { class: "status" }, status));
  if (failed && token && onRetry) line.append(button("Try again", () => onRetry(token), { class: "link" }));
  return [line];
}

/** @param {Entry} entry @param {Acts} acts @returns {HTMLElement} */
function renderFile({ file }, { onDownload }) {
  if (!file) return element("div");
  const { name, about, status, canDownload } = file;
  const bubble = element("div", { class: `bubble file ${status.toLowerCase()}` });
  bubble.append(
    fileIcon(),
    element("span", {}, element("b", { title: name }, name), element("small", {}, about)),
  );
  if (canDownload && onDownload) {
    bubble.append(
      button("Download", () => onDownload(file), { class: "link", "aria-label": `Download ${name}` }),
    );
  }
  return bubble;
}

function fileIcon() {
  const namespace = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(namespace, "svg");
  icon.setAttribute("viewBox", "0 0 20 20");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute(
    "d",
    "M11.5 2.5H6A1.5 1.5 0 0 0 4.5 4v12A1.5 1.5 0 0 0 6 17.5h8a1.5 1.5 0 0 0 1.5-1.5V6.5zm0 0v4h4",
  );
  icon.append(path);
  return icon;
}
