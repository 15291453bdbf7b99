import { connectionIdOf, endedEntries, lastingEntries } from "../sessions/entries.ts";
import { socketsClosed, ticketHeld } from "../sessions/session-sockets.ts";
import type { RelayServices } from "./relay-services.ts";

/**
 * A client not heard for so long, in milliseconds, has lost its network: one that lives sends a heartbeat every ten
 * seconds, and once a minute while its page is hidden, for browsers slow down the timers of hidden pages.
 */
const silentMs = 150_000;

/**
 * Where a chat has as many sockets as it may, drops those that are sockets no more: past their end (`$disconnect` is
 * best effort), gone, or silent. A ticket that opens nothing makes no room.
 *
 * @returns whether there is room now
 */
export async function makeRoom(
  services: RelayServices,
  chat: string,
  ticket: string,
  most: number,
): Promise<boolean> {
  const { chats, clock } = services;
  const { so } = (await chats.read(chat)) ?? {};
  if (so === undefined || so.size < most || !(await chats.update(chat, ticketHeld(ticket)))) return false;
  const now = clock.now();
  const silent = await Promise.all(
    lastingEntries(so, now).map(async (entry) => ((await isSilent(services, entry, now)) ? [entry] : [])),
  );
  const dead = [...endedEntries(so, now), ...silent.flat()];
  return dead.length > 0 && (await chats.update(chat, socketsClosed(dead)));
}

async function isSilent({ gateway }: RelayServices, entry: string, now: number): Promise<boolean> {
  const connectionId = connectionIdOf(entry);
  try {
    const lastHeard = await gateway.lastHeard(connectionId);
    if (lastHeard === undefined) return true;
    if (now - lastHeard < silentMs) return false;
    await gateway.close(connectionId);
    return true;
  } catch {
    return false;
  }
}
