import type { StartChatContactCommandInput } from "@aws-sdk/client-connect";
import type { AmazonConnect } from "./amazon-connect.ts";
import type { ContactLedger, ContactOrigin, StartedContact } from "./contact-ledger.ts";
import type { ProbeClock } from "./probe-clock.ts";
import { ProbeSocket } from "./probe-socket.ts";
import { ProbedChat } from "./probed-chat.ts";

/** What every question of a run shares. */
export interface Probing extends ContactOrigin {
  readonly connect: AmazonConnect;
  readonly ledger: ContactLedger;
  readonly clock: ProbeClock;
  readonly signal: AbortSignal;
  /** Longest wait for one window of time, in milliseconds. */
  readonly patienceMs: number;
  /** The URL of a deployed connect-chat-bff, without a slash at its end. */
  readonly api: string | undefined;
  /** Whether a burst may be sent to see a quota. */
  readonly quotas: boolean;
}

/** What one question works with. Closing it closes every socket and stops every contact that the question left open. */
export class QuestionContext {
  readonly probing: Probing;
  readonly #sockets: ProbeSocket[] = [];
  readonly #contacts: string[] = [];

  constructor(probing: Probing) {
    this.probing = probing;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.probing.clock.now();
  }

  /** Waits until the clock shows `at` (milliseconds since the epoch). */
  async waitUntil(at: number): Promise<void> {
    const { clock, signal } = this.probing;
    signal.throwIfAborted();
    if (at > clock.now()) await clock.sleep(at - clock.now(), signal);
  }

  /** Starts a contact whose customer is not connected, so its flow does not run. */
  async startContact(input: Partial<StartChatContactCommandInput> = {}): Promise<StartedContact> {
    this.probing.signal.throwIfAborted();
    const contact = await this.probing.ledger.start(input);
    if (!this.#contacts.includes(contact.contactId)) this.#contacts.push(contact.contactId);
    return contact;
  }

  /** Starts a chat that has its tokens, but no socket yet. */
  async startChat(input: Partial<StartChatContactCommandInput> = {}): Promise<ProbedChat> {
    return ProbedChat.open(await this.startContact(input), this);
  }

  /** Starts a chat and connects its customer, so that the flow runs. */
  async connectChat(
    input: Partial<StartChatContactCommandInput> = {},
  ): Promise<{ chat: ProbedChat; socket: ProbeSocket }> {
    const chat = await this.startChat(input);
    const socket = await this.openSocket(chat.socketUrl);
    if (!socket) throw new Error("Amazon Connect refused the WebSocket that it had offered itself.");
    return { chat, socket };
  }

  /** Opens a socket and subscribes to the chat; undefined where Amazon Connect refuses either. */
  async openSocket(url: string): Promise<ProbeSocket | undefined> {
    this.probing.signal.throwIfAborted();
    const socket = await ProbeSocket.open(url, this.probing);
    if (socket) this.#sockets.push(socket);
    return socket;
  }

  /** Ends what the question began. A contact that cannot be stopped now is tried again at the end of the run. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.close();
    for (const contactId of this.#contacts) {
      if (!this.probing.ledger.isStopped(contactId)) await this.probing.ledger.stop(contactId);
    }
  }
}
