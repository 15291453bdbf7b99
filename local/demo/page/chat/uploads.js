// @ts-check
import { announce } from "../announce.js";
import { button, byId, element } from "../dom.js";
import { showSize } from "../format.js";
import { traffic } from "../strip/observe-traffic.js";
import { refusalOf, refusalOfChatjs } from "./refusal.js";

/** Steps of an upload, in the order of the calls that begin them. */
const steps = ["Preparing…", "Uploading…", "Finishing…"];
const stepAfter = new Map([
  ["StartAttachmentUpload", 1],
  ["Upload to the file store", 2],
]);

/** The customer's files on their way up, one after the other; what arrived shows in the conversation. */
export class Uploads {
  /** @type {Promise<void>} */
  #queue = Promise.resolve();
  /** @type {import("./chat.js").Chat} */
  #chat;
  /** Bytes by name: an item tells no size. @type {Map<string, number>} */
  sizes = new Map();

  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.#chat = chat;
    const input = byId("file", HTMLInputElement);
    byId("attach", HTMLButtonElement).addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      for (const file of input.files ?? []) this.add(file);
      input.value = "";
    });
    this.#takeDrops(byId("conversation", HTMLElement));
  }

  /** @param {File} file */
  add(file) {
    const row = element("li");
    byId("uploads", HTMLElement).append(row);
    this.#queue = this.#queue.then(() => this.#upload(file, row));
  }

  /** @param {File} file @param {HTMLElement} row */
  async #upload(file, row) {
    row.classList.remove("failed");
    const words = element("span", {}, steps[0] ?? "");
    const bar = element("progress", { max: "3", "aria-label": `Sending ${file.name}` });
    row.replaceChildren(element("b", {}, `${file.name} · ${showSize(file.size)}`), words, bar);
    let refused = refusalOf({ status: 0 });
    let storeStatus = 200;
    const stop = traffic.on((exchange) => {
      if (exchange.kind !== "request") return;
      const step = stepAfter.get(exchange.name);
      if (exchange.name === "Upload to the file store") storeStatus = exchange.status;
      if (exchange.status >= 400) refused = refusalOf(exchange);
      if (step === undefined) return;
      words.textContent = steps[step] ?? "";
      bar.setAttribute("value", String(step));
    });
    try {
      refuseHopeless(file);
      await this.#chat.session.sendAttachment({ attachment: file });
      // chatjs does not look at the answer of the file store.
      if (storeStatus < 200 || storeStatus > 299) throw refusalOf({ status: storeStatus });
      this.sizes.set(file.name, file.size);
      row.remove();
      announce(`${file.name} was sent.`);
      this.#chat.changed.emit(undefined);
    } catch (error) {
      this.#fail(file, row, whyNot(error, refused));
    } finally {
      stop();
    }
  }

  /** @param {File} file @param {HTMLElement} row @param {string} why */
  #fail(file, row, why) {
    row.classList.add("failed");
    const again = button(
      "Try again",
      () => {
        this.#queue = this.#queue.then(() => this.#upload(file, row));
      },
      { class: "link", "aria-label": `Try again to send ${file.name}` },
    );
    const dismiss = button("Dismiss", () => row.remove(), {
      class: "link",
      "aria-label": `Dismiss ${file.name}`,
    });
    row.replaceChildren(
      element("b", {}, file.name),
      element("span", {}, again, " ", dismiss),
      element("span", {}, why),
    );
    announce(`${file.name} was not sent. ${why}`);
  }

  /** @param {HTMLElement} zone */
  #takeDrops(zone) {
    const mark = (/** @type {boolean} */ on) => zone.classList.toggle("dropping", on);
    zone.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      mark(true);
    });
    zone.addEventListener("dragleave", (event) => {
      if (!(event.relatedTarget instanceof Node && zone.contains(event.relatedTarget))) mark(false);
    });
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      mark(false);
      for (const file of event.dataTransfer?.files ?? []) this.add(file);
    });
  }
}

/** What the service would refuse anyway, said before it is asked. @param {File} file */
function refuseHopeless({ size, type }) {
  if (size === 0) throw refusalOf({ status: 400, message: "The file is empty." });
  if (type === "") throw refusalOf({ status: 400, message: "Files of this kind cannot be sent." });
}

/** @param {any} error @param {import("./refusal.js").Refusal} refused */
function whyNot(error, refused) {
  const refusal = refusalOfChatjs(error);
  if (error?.statusCode === 402) return "It is too large, or this chat has too many files already.";
  if (error?.statusCode === 400) return "Files of this kind cannot be sent.";
  const wait = refused.retryAfterSeconds;
  return error?.statusCode === 429 && wait
    ? `Too many files at once. Try again in ${wait} s.`
    : refusal.message;
}
