import { originMatcher } from "../origins.ts";
import { requestHeader } from "../request-header.ts";
import { socketEntry, socketLifeMs } from "../sessions/entries.ts";
import { socketOpened } from "../sessions/session-sockets.ts";
import { parseTicket, type Ticket, ticketEntry } from "../sessions/ticket.ts";
import { leaveChat } from "./forget-socket.ts";
import { makeRoom } from "./make-room.ts";
import type { RelayServices } from "./relay-services.ts";
import type { SocketEvent, SocketResult } from "./socket-event.ts";

/** Sockets that one chat may have: as many as Connect allows a participant. */
const mostSockets = 5;

const opened: SocketResult = { statusCode: 200 };
const refused: SocketResult = { statusCode: 403 };

/**
 * `$connect`: opens a socket for a ticket, which is used up by it. Whatever opens nothing is refused at once, so that
 * nobody can keep functions waiting: a client that loops is held back where it asks for its next ticket
 * (admit-connection.ts).
 */
export async function openSocket(services: RelayServices, event: SocketEvent): Promise<SocketResult> {
  const { settings, clock } = services;
  const ticket = parseTicket(event.queryStringParameters?.["ticket"] ?? "");
  if (ticket === undefined || !isFromPage(event, settings.allowedOrigins)) return refused;
  if (ticket.expiresAt <= clock.now()) return refused;
  return (await takePlace(services, ticket, event.requestContext.connectionId)) ? opened : refused;
}

/** A page names its origin; an app has none, and no cookie that another's page could use: its ticket is proof enough. */
function isFromPage(event: SocketEvent, allowed: readonly string[]): boolean {
  const origin = requestHeader({ headers: {}, multiValueHeaders: {}, ...event }, "origin");
  if (origin === undefined) return true;
  return origin !== "ambiguous" && originMatcher(allowed)(origin.value);
}

async function takePlace(services: RelayServices, ticket: Ticket, connectionId: string): Promise<boolean> {
  const { chats, store, memory, clock, settings } = services;
  const now = clock.now();
  const record = { chat: ticket.selector, entry: socketEntry(connectionId, now) };
  const entry = ticketEntry(ticket);
  const update = socketOpened({
    ticket: entry,
    socket: record.entry,
    now,
    openUntil: now + socketLifeMs,
    validFrom: settings.sessionsValidFrom,
    most: mostSockets,
  });
  const hasPlace =
    (await chats.update(record.chat, update)) ||
    ((await makeRoom(services, record.chat, entry, mostSockets)) &&
      (await chats.update(record.chat, update)));
  if (!hasPlace) return false;
  await store.putSocket(connectionId, record).catch(async (error: unknown) => {
    await leaveChat(services, record);
    throw error;
  });
  memory.learn(connectionId, record);
  return true;
}
