import { expect, it } from "vitest";
import { formatTicket, newTicket, parseTicket, ticketEntry } from "../../../lambdas/sessions/ticket.ts";

const chat = "11111111-2222-4333-8444-555555555555";
const now = 1_767_600_000_000;

it("survives being written and read", () => {
  const ticket = newTicket(chat, now);

  expect(parseTicket(formatTicket(ticket))).toEqual(ticket);
  expect(ticket.expiresAt).toBe(now + 100_000);
});

it("stands in a query string as it is", () => {
  const text = formatTicket(newTicket(chat, now));

  expect(encodeURIComponent(text)).toBe(text);
});

it("has a secret of 256 bits of its own", () => {
  const secrets = Array.from({ length: 100 }, () => newTicket(chat, now).secret.toString("hex"));

  expect(new Set(secrets).size).toBe(100);
  expect(secrets.every((secret) => secret.length === 64)).toBe(true);
});

it("is kept as its expiry and a hash, from which its secret cannot be read", () => {
  const ticket = newTicket(chat, now);
  const entry = ticketEntry(ticket);

  expect(entry).toMatch(/^1767600100000-[\w-]{43}$/);
  expect(entry).not.toContain(ticket.secret.toString("base64url"));
  expect(ticketEntry({ ...ticket, expiresAt: ticket.expiresAt + 1 })).not.toBe(entry);
});

it("is nothing else than itself", () => {
  const text = formatTicket(newTicket(chat, now));
  const [selector = "", expiry = "", secret = ""] = text.split(".");
  const others = [
    "",
    "x",
    `${text}.`,
    ` ${text}`,
    `${text}\n`,
    `${text}=`,
    text.slice(0, -1),
    `${selector}.${secret}`,
    `${selector}.${expiry.slice(1)}.${secret}`,
    `${selector}.-${expiry.slice(1)}.${secret}`,
    `.${expiry}.${secret}`,
    `${"a".repeat(257)}.${expiry}.${secret}`,
    `${selector}/.${expiry}.${secret}`,
    // The last character carries two bits that mean nothing: only one way to write a secret is taken.
    `${selector}.${expiry}.${secret.slice(0, -1)}B`,
    "x".repeat(100_000),
  ];

  expect(others.map(parseTicket)).toEqual(others.map(() => undefined));
});
