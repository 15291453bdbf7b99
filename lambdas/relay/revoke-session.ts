import { unavailable } from "../errors.ts";
import { ended } from "../sessions/session-item.ts";
import { closeSockets } from "./close-sockets.ts";
import type { RelayServices } from "./relay-services.ts";

/**
 * Ends a session for its handles, wherever they are, and closes its sockets. The contact itself goes on at Connect.
 *
 * @throws {ChatError} 503 when a socket is still open, though it is sent nothing more: to be repeated
 */
export async function revokeSession(services: RelayServices, chat: string): Promise<void> {
  await services.chats.update(chat, ended(services.clock.now(), true));
  if (!(await closeSockets(services, chat))) throw unavailable("a socket could not be closed");
}
