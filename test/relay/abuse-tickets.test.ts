import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ended } from "../../lambdas/sessions/session-end.ts";
import { generousLimits } from "../support/operation-members.ts";
import { connectPage, type RelayedChat, startRelayedChat } from "../support/relay-chat.ts";
import { connectEvent, createRelayFunction, scanTable } from "../support/relay-function.ts";
import { handshakeStatus, openSubscribed } from "../support/relay-socket.ts";
import { createRevokeFunction } from "../support/revoke-function.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let chat: RelayedChat;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay", RATE_LIMITS: generousLimits });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
});

afterAll(async () => {
  await system.close();
});

const session = () => system.readSession(chat.contactId);
const withTicket = (ticket: string) => chat.socketUrl.replace(chat.ticket, ticket);

/** Everything both tables hold, as text. */
async function stored(): Promise<string> {
  const items = [...(await scanTable("sessions")), ...(await scanTable("relay"))];
  return JSON.stringify(items, (_name, value: unknown) => {
    if (value instanceof Set) return [...value];
    return value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value;
  });
}

it("opens one socket, and no second", async () => {
  expect(await handshakeStatus(chat.socketUrl)).toBe(101);
  expect(await handshakeStatus(chat.socketUrl)).toBe(403);
});

it("opens exactly one of twenty sockets that come with it at once", async () => {
  const statuses = await Promise.all(Array.from({ length: 20 }, () => handshakeStatus(chat.socketUrl)));

  expect(statuses.filter((status) => status === 101)).toHaveLength(1);
  expect(statuses.filter((status) => status === 403)).toHaveLength(19);
});

it("is good for 100 seconds", async () => {
  const { socketUrl: late } = await connectPage(system, chat.participantHandle);
  await system.advance(99_999);
  expect(await handshakeStatus(chat.socketUrl)).toBe(101);
  await system.advance(1);

  expect(await handshakeStatus(late)).toBe(403);
});

it("cannot be given a longer life by who holds it", async () => {
  const [selector, expiry, secret] = chat.ticket.split(".");
  await system.advance(100_000);

  expect(await handshakeStatus(withTicket(`${selector}.${Number(expiry) + 50_000}.${secret}`))).toBe(403);
});

it("is known to the table by its hash alone, and to no log line", async () => {
  const [, , secret = ""] = chat.ticket.split(".");
  const before = await stored();
  await openSubscribed(chat.socketUrl);
  await handshakeStatus(chat.socketUrl);
  const seen = before + (await stored()) + JSON.stringify(system.logs);

  expect((await connectPage(system, chat.participantHandle)).ticket).not.toContain(secret);
  expect(seen).not.toContain(secret);
  expect(seen).not.toContain(Buffer.from(secret, "base64url").toString("latin1"));
  expect(system.logs.map(({ operation }) => operation)).toContain("$connect");
});

describe("a ticket that opens nothing", () => {
  const garbled: readonly [string, (ticket: string) => string][] = [
    ["of another secret", (ticket) => `${ticket.slice(0, -4)}AAAA`],
    ["of another chat", (ticket) => ticket.replace(/^[^.]+/, crypto.randomUUID())],
    ["cut short", (ticket) => ticket.slice(0, -1)],
    ["empty", () => ""],
    ["of an injected path", () => "../../etc/passwd"],
  ];

  it.each(garbled)("is refused with 403, and nothing goes upstream: one %s", async (_name, garble) => {
    await system.simulator.forgetCalls();

    expect(await handshakeStatus(withTicket(encodeURIComponent(garble(chat.ticket))))).toBe(403);
    expect(await system.simulator.calls()).toEqual([]);
    expect((await session())?.so).toBeUndefined();
    expect(await handshakeStatus(chat.socketUrl)).toBe(101);
  });

  it("because its secret is another chat's is refused", async () => {
    const other = await startRelayedChat(system);

    expect(await handshakeStatus(withTicket(chat.ticket.replace(chat.contactId, other.contactId)))).toBe(403);
    expect((await system.readSession(other.contactId))?.so).toBeUndefined();
    expect(await handshakeStatus(other.socketUrl)).toBe(101);
  });

  it("because there is none is refused", async () => {
    expect(await handshakeStatus(chat.socketUrl.replace(/\?.*/, ""))).toBe(403);
  });

  it("because its session ended is refused", async () => {
    await system.sessions.update(chat.contactId, ended(system.clock.now()));

    expect(await handshakeStatus(chat.socketUrl)).toBe(403);
  });

  it("because its session was revoked is refused", async () => {
    await createRevokeFunction(system).revoke({ contactId: chat.contactId });

    expect(await handshakeStatus(chat.socketUrl)).toBe(403);
  });

  it("because all sessions of before were revoked is refused", async () => {
    const validFrom = new Date(system.clock.now() + 1).toISOString();
    const relay = createRelayFunction(system, { SESSIONS_VALID_FROM: validFrom });

    expect(await relay(connectEvent(chat.ticket))).toEqual({ statusCode: 403 });
    expect((await session())?.so).toBeUndefined();
  });

  it("because the chat is over by the clock is refused", async () => {
    const brief = await startRelayedChat(system, { ChatDurationInMinutes: 60 });
    await system.advance(3_600_000 - 50_000);
    const { socketUrl } = await connectPage(system, brief.participantHandle);
    await system.advance(50_000);

    expect(await handshakeStatus(socketUrl)).toBe(403);
  });
});

it("does not pile up where nobody comes with it", async () => {
  const sizes: number[] = [];
  for (let load = 0; load < 40; load++) {
    await system.advance(30_000);
    await connectPage(system, chat.participantHandle);
    sizes.push((await session())?.tk?.size ?? 0);
  }

  expect(Math.max(...sizes)).toBeLessThanOrEqual(13);
  expect(Math.max(...sizes)).toBeGreaterThan(8);
});
