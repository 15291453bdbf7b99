import { ended } from "../sessions/session-item.ts";
import { closeSockets } from "./close-sockets.ts";
import type { RelayServices } from "./relay-services.ts";

/** Ends a session for its handles, wherever they are, and closes its sockets. The contact itself goes on at Connect. */
export async function revokeSession(services: RelayServices, chat: string): Promise<void> {
  await services.chats.update(chat, ended(services.clock.now(), true));
  await closeSockets(services, chat);
}
