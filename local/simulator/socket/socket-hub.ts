import type { WebSocket } from "ws";
import type { Chats } from "../chat/chats.ts";
import type { Contact, Item } from "../chat/contact.ts";
import { type Caller, mintSecret } from "../chat/token-store.ts";
import type { Clock } from "../clock.ts";
import type { Switches } from "../switches.ts";
import { answerFrame, itemFrame, readFrame } from "./frames.ts";

type Connection = { caller: Caller; socket: WebSocket; subscribed: boolean };
type Needs = { clock: Clock; switches: Switches; chats: Chats };

/** Random bytes of a ticket: the whole URL stays far below the 2,000 characters of the model. */
const ticketBytes = 96;

/**
 * The sockets of all participants. A socket is authenticated by its URL's ticket, which opens one connection
 * within 100 seconds; items reach only sockets subscribed to aws/chat; nothing is replayed.
 */
export class SocketHub {
  readonly #needs: Needs;
  readonly #tickets = new Map<string, { caller: Caller; expiresAt: number }>();
  readonly #connections = new Map<Contact, Set<Connection>>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Makes the ticket of a socket URL that can be used until `expiresAt` (milliseconds since the epoch). */
  issueTicket(caller: Caller, expiresAt: number): string {
    const now = this.#needs.clock.now();
    for (const [ticket, old] of this.#tickets) {
      if (old.expiresAt > now) break;
      this.#tickets.delete(ticket);
    }
    const ticket = mintSecret("W", ticketBytes);
    this.#tickets.set(ticket, { caller, expiresAt });
    return ticket;
  }

  /** Uses a ticket up. Undefined, if it is unknown, used, expired, of an ended chat, or one socket too many. */
  admit(ticket: string): Caller | undefined {
    const known = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    if (!known || this.#needs.clock.now() >= known.expiresAt) return undefined;
    if (known.caller.contact.status === "ENDED") return undefined;
    return this.#makeRoom(known.caller) ? known.caller : undefined;
  }

  /** Serves an opened socket until it closes. */
  serve(socket: WebSocket, caller: Caller): void {
    const connection: Connection = { caller, socket, subscribed: false };
    const connections = this.#connections.get(caller.contact) ?? new Set();
    this.#connections.set(caller.contact, connections.add(connection));
    socket.on("message", (data) => this.#hear(connection, String(data)));
    socket.on("close", () => connections.delete(connection));
    socket.on("error", () => socket.terminate());
  }

  /** Sends an item to the contact's subscribed sockets, the sender's own included. */
  publish(contact: Contact, item: Item): void {
    const frame = itemFrame(item);
    for (const { socket, subscribed } of this.#of(contact)) if (subscribed) socket.send(frame);
  }

  /** How many sockets of a contact are open. */
  countOf(contact: Contact): number {
    return this.#of(contact).length;
  }

  /** Drops a contact's sockets without a word, as a lost network would; tells how many there were. */
  drop(contact: Contact): number {
    const open = this.#of(contact);
    for (const { socket } of open) socket.terminate();
    return open.length;
  }

  #of(contact: Contact): Connection[] {
    return [...(this.#connections.get(contact) ?? [])];
  }

  #hear(connection: Connection, text: string): void {
    const frame = readFrame(text);
    if (!frame) return;
    connection.socket.send(answerFrame(frame));
    if (frame.topic !== "aws/subscribe" || !frame.topics.includes("aws/chat")) return;
    connection.subscribed = true;
    this.#needs.chats.connectCustomer(connection.caller.contact);
  }

  #makeRoom(caller: Caller): boolean {
    const { socketsPerParticipant, socketOverLimit } = this.#needs.switches;
    const own = this.#of(caller.contact).filter(
      ({ caller: other }) => other.participant === caller.participant,
    );
    if (own.length < socketsPerParticipant) return true;
    if (socketOverLimit === "close-oldest") own[0]?.socket.close(1008, "Too many connections");
    return socketOverLimit === "close-oldest";
  }
}
