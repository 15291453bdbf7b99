// @ts-check

const event = "application/vnd.amazonaws.connect.event.message.";

/**
 * Tells the agent what arrived and what was looked at: delivered when an item comes, read when the page is in front.
 * chatjs throttles them and leaves out what an answer has told before.
 */
export class Receipts {
  /** @type {string | undefined} */
  #unread;
  /** @type {() => any} */
  #session;

  /** @param {() => any} session chatjs' own, undefined while there is none */
  constructor(session) {
    this.#session = session;
    for (const name of ["focus", "visibilitychange"]) window.addEventListener(name, () => this.#read());
  }

  /** @param {import("./transcript.js").Item} item */
  arrived({ Id, Type, ParticipantRole }) {
    if (ParticipantRole === "CUSTOMER" || (Type !== "MESSAGE" && Type !== "ATTACHMENT")) return;
    this.#send("delivered", Id);
    this.#unread = Id;
    this.#read();
  }

  #read() {
    if (this.#unread === undefined || document.visibilityState !== "visible" || !document.hasFocus()) return;
    this.#send("read", this.#unread);
    this.#unread = undefined;
  }

  /** A receipt that does not get there is no loss. @param {"delivered" | "read"} kind @param {string} messageId */
  #send(kind, messageId) {
    this.#session()
      ?.sendEvent({ contentType: `${event}${kind}`, content: JSON.stringify({ messageId }) })
      .catch(() => undefined);
  }
}
