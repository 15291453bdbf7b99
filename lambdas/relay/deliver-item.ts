import { unavailable } from "../errors.ts";
import { isHeld, newLease } from "../sessions/lease.ts";
import { ended } from "../sessions/session-end.ts";
import { closeSockets } from "./close-sockets.ts";
import { awaitFirst, findSubscribers, subscribersNow } from "./find-subscribers.ts";
import type { Notification } from "./notification.ts";
import { postItem } from "./post-item.ts";
import type { RelayServices } from "./relay-services.ts";

/** How long one invocation may hold an item, in milliseconds: longer than the function lives. */
const leaseMs = 25_000;

/** How often is looked whether another invocation is done, in milliseconds. */
const firstPollMs = 250;
const longestPollMs = 2_000;

/** How long the end of a chat waits for items that it overtook, and the sockets for the end to be read, in milliseconds. */
const endDelayMs = 2_000;

/** How often the end is posted to a socket that cannot be reached, and after what pause, in milliseconds. */
const endTries = 3;
const endPauseMs = 500;

/**
 * Delivers an item to every subscribed socket of its chat, once: it is claimed, posted, and marked as done. A claim
 * that was not brought to an end is taken up again, so only a crash between post and mark, or an answer that was
 * lost, can deliver twice. No order is promised but that the end of the chat comes last.
 *
 * @throws {ChatError} 503 when not every socket could be reached, so that Lambda tries again
 */
export async function deliverItem(
  services: RelayServices,
  notification: Notification,
  signal: AbortSignal,
): Promise<void> {
  const { store } = services;
  const served = await claim(services, notification.key, signal);
  if (served === undefined) return;
  const posted = [...served];
  try {
    if (notification.isEnd) await end(services, notification, posted, signal);
    else await post(services, notification, await findSubscribers(services, notification, signal), posted);
    await store.markDone(notification.key);
  } catch (error) {
    await store.giveBack(notification.key, posted);
    throw error;
  }
}

/** Waits while another invocation delivers the item. @returns the sockets that have it; undefined when it is done */
async function claim(
  { store, clock }: RelayServices,
  key: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  for (let pollMs = firstPollMs; ; pollMs = Math.min(2 * pollMs, longestPollMs)) {
    const now = clock.now();
    const { won, record } = await store.claim(key, now, newLease(now, leaseMs));
    if (won) return record.served ?? new Set();
    if (record.done) return undefined;
    if (!isHeld(record.lease, now)) continue;
    await clock.sleep(pollMs, signal).catch((cause: unknown) => {
      throw unavailable("another invocation delivers the item, and does not come to an end", cause);
    });
  }
}

async function post(
  services: RelayServices,
  notification: Notification,
  sockets: readonly string[],
  posted: string[],
): Promise<void> {
  const outcomes = await Promise.allSettled(
    sockets
      .filter((entry) => !posted.includes(entry))
      .map(async (entry) => {
        await postItem(services, notification, entry);
        posted.push(entry);
      }),
  );
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw unavailable("a socket could not be reached", failed.reason);
}

/**
 * Items that wait for the first socket go on only when it has subscribed, so the end waits for that too, and then for
 * what it overtook. It ends the session, whoever ended the chat; a socket that cannot be reached does not keep it
 * from that.
 */
async function end(
  services: RelayServices,
  notification: Notification,
  posted: string[],
  signal: AbortSignal,
): Promise<void> {
  const { chats, clock } = services;
  const { chat } = notification;
  await awaitFirst(services, chat, signal);
  await clock.sleep(endDelayMs, signal);
  await postEnd(services, notification, posted, signal);
  await chats.update(chat, ended(clock.now(), true));
  await clock.sleep(endDelayMs, signal);
  await closeSockets(services, chat);
}

async function postEnd(
  services: RelayServices,
  notification: Notification,
  posted: string[],
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await post(services, notification, await subscribersNow(services, notification.chat), posted);
    } catch {
      if (tries === endTries) return;
      await services.clock.sleep(endPauseMs, signal);
    }
  }
}
