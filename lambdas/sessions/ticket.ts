import { hashSecret, newSecret } from "./keys.ts";

/** How long a ticket opens a socket, in milliseconds: as long as Connect's own socket URLs. */
const lifeMs = 100_000;

/**
 * What opens one socket of a chat, once: it travels in the query string of the socket's address, because browsers
 * send no header there.
 */
export interface Ticket {
  /** InitialContactId of the chat. */
  readonly selector: string;
  readonly secret: Buffer;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const pattern = /^([A-Za-z0-9-]{1,256})\.(\d{13})\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/;

/** A new ticket for the chat `selector`. */
export function newTicket(selector: string, now: number): Ticket {
  return { selector, secret: newSecret(), expiresAt: now + lifeMs };
}

/** Writes a ticket: `<selector>.<expiry>.<secret>`, of characters that stand in a query string as they are. */
export function formatTicket({ selector, secret, expiresAt }: Ticket): string {
  return `${selector}.${expiresAt}.${secret.toString("base64url")}`;
}

/** Reads a ticket, or answers undefined for anything that is not exactly one. */
export function parseTicket(text: string): Ticket | undefined {
  const [, selector, expiresAt, secret] = pattern.exec(text) ?? [];
  if (selector === undefined || expiresAt === undefined || secret === undefined) return undefined;
  return { selector, expiresAt: Number(expiresAt), secret: Buffer.from(secret, "base64url") };
}

/** What the session keeps of a ticket: its expiry, so that it cannot be altered, and the hash of its secret. */
export function ticketEntry({ secret, expiresAt }: Ticket): string {
  return `${expiresAt}-${hashSecret(secret).toString("base64url")}`;
}
