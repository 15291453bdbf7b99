import { lastingEntries, openedAt } from "../sessions/entries.ts";
import type { ChatSockets } from "./chat-sockets.ts";
import { closeSockets } from "./close-sockets.ts";
import type { Notification } from "./notification.ts";
import type { RelayServices } from "./relay-services.ts";

/** How long items wait for the first socket to subscribe, in milliseconds: the greeting often beats it. */
const holdMs = 5_000;

/**
 * For how long after its start a chat's first socket is waited for, in milliseconds: Connect ends a chat that nobody
 * joined in five minutes.
 */
const firstSocketWithinMs = 6 * 60_000;

/**
 * A socket that is open for so long, in milliseconds, counts as subscribed. chatjs gives up after four subscriptions
 * that nobody answered, and never subscribes again, on whatever socket: without this, a spell of broken sockets would
 * leave its chat deaf for good.
 */
const grantedAfterMs = 5_000;

/** How often is looked whether it has, in milliseconds. */
const pollMs = 250;

/**
 * Delay, in milliseconds, for each millisecond that an item is younger than the oldest that may wait, so that held
 * items go out in the order in which they were sent: each is held by an invocation of its own, and a flow's two
 * prompts must not change places.
 */
const laterPerMs = 0.2;

/**
 * The entries of the sockets that an item is for. Before the first subscription it waits for that, where anybody
 * asked for a socket, and then for its turn among those that waited; afterwards a chat without sockets has none, and
 * its customer reads the transcript.
 */
export async function findSubscribers(
  services: RelayServices,
  { chat, time }: Pick<Notification, "chat" | "time">,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { subscribed, first } = await awaitFirst(services, chat, signal);
  const wait = turnOf(first, time) - services.clock.now();
  if (subscribed.length === 0 || wait <= 0) return subscribed;
  await services.clock.sleep(wait, signal);
  return subscribersNow(services, chat);
}

/**
 * Waits, for as long as items are held, until a chat's first socket has subscribed. `first`: when that was, 0 where
 * it was not.
 */
export async function awaitFirst(
  services: RelayServices,
  chat: string,
  signal: AbortSignal,
): Promise<{ readonly subscribed: readonly string[]; readonly first: number }> {
  const { chats, clock } = services;
  for (const until = clock.now() + holdMs; ; await clock.sleep(pollMs, signal)) {
    const sockets = await chats.read(chat);
    const subscribed = await listeners(services, chat, sockets);
    const now = clock.now();
    if (subscribed.length > 0 || !awaitsFirst(sockets, now) || now >= until) {
      return { subscribed, first: sockets?.sf ?? 0 };
    }
  }
}

/** The entries of the sockets that an item would go to now. */
export async function subscribersNow(services: RelayServices, chat: string): Promise<readonly string[]> {
  return listeners(services, chat, await services.chats.read(chat));
}

/**
 * When an item of `time` goes to a chat whose first socket subscribed at `first`: in the order of their times, within
 * a second and a half. An older one waited for nobody.
 */
function turnOf(first: number, time: number): number {
  const age = first - time;
  return age >= holdMs ? first : first + pollMs + (holdMs - age) * laterPerMs;
}

async function listeners(
  services: RelayServices,
  chat: string,
  sockets: ChatSockets | undefined,
): Promise<readonly string[]> {
  if (sockets === undefined || sockets.ce !== undefined) return [];
  if (sockets.ca < services.settings.sessionsValidFrom) {
    await closeSockets(services, chat);
    return [];
  }
  const { so, sb } = sockets;
  const now = services.clock.now();
  return lastingEntries(so, now).filter((entry) => sb?.has(entry) || openedAt(entry) <= now - grantedAfterMs);
}

function awaitsFirst(sockets: ChatSockets | undefined, now: number): boolean {
  if (sockets === undefined || sockets.ce !== undefined) return false;
  const { st, aw, sf, ca } = sockets;
  return st === "a" && aw !== undefined && sf === undefined && now < ca + firstSocketWithinMs;
}
