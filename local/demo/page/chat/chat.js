// @ts-check
import { createSignal } from "../signal.js";
import { openSession } from "./open-session.js";
import { readTranscript } from "./read-transcript.js";
import { Receipts } from "./receipts.js";
import { Refusal, refusalOfChatjs } from "./refusal.js";
import { startChat } from "./start-chat.js";
import { forgetChat, storeChat } from "./stored-chat.js";
import { Transcript } from "./transcript.js";
import { TypingSign } from "./typing-sign.js";

/** @typedef {import("./stored-chat.js").Handles} Handles */

/**
 * Where a chat stands. `lost`: chatjs has given the connection up.
 *
 * @typedef {"not-started" | "connecting" | "queued" | "chatting" | "reconnecting" | "lost" | "ended" | "refused"} State
 * @typedef {Exclude<State, "queued" | "chatting"> | "connected"} Phase
 */

/** The customer's chat in this tab; tells `changed` whenever something shows differently. */
export class Chat {
  changed = createSignal();
  transcript = new Transcript();
  /** @type {Phase} */
  #phase = "not-started";
  /** @type {Handles | undefined} */
  handles;
  /** Why the last try was refused. @type {Refusal | undefined} */
  refusal;
  typing = new TypingSign(() => this.changed.emit(undefined));
  /** chatjs' own. @type {any} */
  session;
  #receipts = new Receipts(() => this.session);
  /** @type {Promise<void>} */
  #reading = Promise.resolve();

  /** @returns {State} */
  get state() {
    if (this.#phase !== "connected") return this.#phase;
    return this.transcript.agents().length > 0 ? "chatting" : "queued";
  }

  /** @param {Parameters<typeof startChat>[0]} wishes */
  async start(wishes) {
    this.#enter("connecting");
    try {
      const handles = await startChat(wishes);
      storeChat(handles);
      await this.resume(handles);
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** Goes into a chat whose handles the page has. @param {Handles} handles */
  async resume(handles) {
    this.handles = handles;
    this.transcript = new Transcript();
    this.#enter("connecting");
    storeChat(handles);
    this.session = openSession(handles, {
      connected: () => this.#connected(),
      lost: () => this.#phase === "connected" && this.#enter("reconnecting"),
      broken: () => this.#phase !== "ended" && this.#enter("lost"),
      ended: () => this.#end(),
      item: (item) => this.#take(item),
      receipt: (item) => {
        this.transcript.addReceipts(item);
        this.changed.emit(undefined);
      },
      typing: (item) =>
        item.ParticipantRole !== "CUSTOMER" && this.typing.show(item.DisplayName ?? "The agent"),
    });
    await this.session.connect().catch((/** @type {unknown} */ error) => this.#refuse(error));
  }

  /** @param {string} text @param {string} token the same for every try of a message, so that it is said once */
  async send(text, token = crypto.randomUUID()) {
    const outgoing = { token, text, at: new Date() };
    this.transcript.setOutgoing(outgoing);
    this.changed.emit(undefined);
    try {
      const message = { contentType: "text/plain", message: text, clientToken: token };
      const { data } = await this.session.sendMessage(message);
      this.transcript.dropOutgoing(token);
      this.#take({
        Id: data.Id,
        AbsoluteTime: data.AbsoluteTime,
        Type: "MESSAGE",
        ContentType: "text/plain",
        Content: text,
        ParticipantRole: "CUSTOMER",
      });
    } catch (error) {
      this.transcript.setOutgoing({ ...outgoing, failed: `Not sent: ${refusalOfChatjs(error).title}` });
    }
    this.changed.emit(undefined);
  }

  /** @param {string} token of a message that failed */
  retry(token) {
    const message = this.transcript.outgoing().find((outgoing) => outgoing.token === token);
    if (message) void this.send(message.text, token);
  }

  /** Tells the agent that somebody writes; chatjs sees to it that this is not told too often. */
  type() {
    const typing = { contentType: "application/vnd.amazonaws.connect.event.typing" };
    Promise.resolve(this.session?.sendEvent(typing)).catch(() => undefined);
  }

  /** @returns {Promise<void>} */
  async end() {
    await this.session.disconnectParticipant();
    this.#end();
  }

  /** Clears the table for another chat. */
  reset() {
    this.handles = undefined;
    this.session = undefined;
    this.transcript = new Transcript();
    this.#enter("not-started");
  }

  /** @param {import("./transcript.js").Item} item */
  #take(item) {
    // The echo of a message may overtake the answer to it.
    const echoed = item.ParticipantRole === "CUSTOMER" && item.Type === "MESSAGE";
    const first = this.transcript.outgoing().find(({ text, failed }) => !failed && text === item.Content);
    if (echoed && first) this.transcript.dropOutgoing(first.token);
    if (item.ParticipantRole !== "CUSTOMER" && item.Type !== "EVENT") this.typing.hide();
    this.transcript.add(item);
    this.#receipts.arrived(item);
    this.changed.emit(undefined);
  }

  #connected() {
    this.#enter("connected");
    const { session, transcript } = this;
    this.#reading = this.#reading
      .then(() => readTranscript(session, transcript))
      .catch(() => undefined)
      .then(() => this.changed.emit(undefined));
  }

  #end() {
    if (this.handles) forgetChat(this.handles.contactId);
    this.typing.hide();
    this.#enter("ended");
  }

  /** @param {unknown} error */
  #refuse(error) {
    const refusal = refusalOfChatjs(error);
    if (this.handles && refusal.over) return this.#end();
    this.refusal = refusal;
    this.#enter("refused");
  }

  /** @param {Phase} phase */
  #enter(phase) {
    this.#phase = phase;
    if (phase !== "refused") this.refusal = undefined;
    this.changed.emit(undefined);
  }
}
