import type { ChatSockets } from "./chat-sockets.ts";
import { closeSockets } from "./close-sockets.ts";
import { lastingEntries, openedAt } from "./entries.ts";
import type { RelayServices } from "./relay-services.ts";

/** How long items wait for the first socket to subscribe, in milliseconds: the greeting often beats it. */
const holdMs = 5_000;

/**
 * A socket that is open for so long, in milliseconds, counts as subscribed. chatjs gives up after four subscriptions that nobody answered, and
 * never subscribes again, on whatever socket: without this, a spell of broken sockets would leave its chat deaf for good.
 */
const grantedAfterMs = 5_000;

/** How often is looked whether it has, in milliseconds. */
const pollMs = 250;

/**
 * The entries of the sockets that an item is for. Before the first subscription it waits for that; afterwards a chat without
 * sockets has none, and its customer reads the transcript.
 */
export async function findSubscribers(
  services: RelayServices,
  chat: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { chats, clock, settings } = services;
  for (const until = clock.now() + holdMs; ; await clock.sleep(pollMs, signal)) {
    const sockets = await chats.read(chat);
    if (sockets === undefined || sockets.ce !== undefined) return [];
    if (sockets.ca < settings.sessionsValidFrom) {
      await closeSockets(services, chat);
      return [];
    }
    const subscribed = listeners(sockets, clock.now());
    if (subscribed.length > 0 || !awaitsFirst(sockets) || clock.now() >= until) return subscribed;
  }
}

function listeners({ so, sb }: ChatSockets, now: number): readonly string[] {
  return lastingEntries(so, now).filter((entry) => sb?.has(entry) || openedAt(entry) <= now - grantedAfterMs);
}

function awaitsFirst({ st, sf }: ChatSockets): boolean {
  return st === "a" && sf === undefined;
}
