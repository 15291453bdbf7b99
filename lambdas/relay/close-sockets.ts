import { connectionIdOf, lastingEntries } from "./entries.ts";
import { forgetSocket } from "./forget-socket.ts";
import type { RelayServices } from "./relay-services.ts";

/**
 * Closes every socket of a chat. One that cannot be closed now keeps the others from nothing, and is closed by its end.
 *
 * @returns whether all of them are closed
 */
export async function closeSockets(services: RelayServices, chat: string): Promise<boolean> {
  const { chats, gateway, clock } = services;
  const { so } = (await chats.read(chat)) ?? {};
  const closed = lastingEntries(so, clock.now()).map(async (entry) => {
    const connectionId = connectionIdOf(entry);
    await gateway.close(connectionId);
    await forgetSocket(services, connectionId, { chat, entry });
  });
  return (await Promise.allSettled(closed)).every(({ status }) => status === "fulfilled");
}
