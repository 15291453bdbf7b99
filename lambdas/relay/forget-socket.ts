import { lastingEntries } from "../sessions/entries.ts";
import { connectionHandleLifeMs } from "../sessions/lifetimes.ts";
import { lastSocketClosed, socketsClosed } from "../sessions/session-sockets.ts";
import type { RelayServices } from "./relay-services.ts";
import type { RelayStore, SocketRecord } from "./relay-store.ts";

/** What forgetting a socket needs of the relay. */
export interface ForgettingServices extends Pick<RelayServices, "chats" | "clock" | "memory"> {
  readonly store: Pick<RelayStore, "takeSocket">;
}

/**
 * `$disconnect`, or a socket that was found gone: removes the socket from its chat.
 *
 * @param known what the caller knows of it: the record may be gone where an earlier call came no further
 */
export async function forgetSocket(
  services: ForgettingServices,
  connectionId: string,
  known?: SocketRecord,
): Promise<void> {
  const { store, memory } = services;
  memory.forget(connectionId);
  const record = (await store.takeSocket(connectionId)) ?? known;
  if (record !== undefined) await leaveChat(services, record);
}

/** Takes a socket from its chat. With the last one the connection handle has its idle time again. */
export async function leaveChat(
  { chats, clock }: Pick<RelayServices, "chats" | "clock">,
  { chat, entry }: SocketRecord,
): Promise<void> {
  await chats.update(chat, socketsClosed([entry]));
  const left = await chats.read(chat);
  const now = clock.now();
  if (left?.ox === undefined || lastingEntries(left.so, now).length > 0) return;
  await chats.update(chat, lastSocketClosed(left, now + connectionHandleLifeMs.relay));
}
