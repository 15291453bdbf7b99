import { connectionIdOf, lastingEntries } from "../sessions/entries.ts";
import { type ForgettingServices, forgetSocket } from "./forget-socket.ts";
import type { SocketGateway } from "./socket-gateway.ts";

/** What closing sockets needs of the relay. */
export interface ClosingServices extends ForgettingServices {
  readonly gateway: Pick<SocketGateway, "close">;
}

/** What became of a chat's sockets. */
export interface ClosedSockets {
  readonly closed: number;
  /** Those that could not be closed: nothing is sent to them any more where the session has ended. */
  readonly left: number;
}

/** Closes every socket of a chat. One that cannot be closed now keeps the others from nothing, and is closed by its end. */
export async function closeSockets(services: ClosingServices, chat: string): Promise<ClosedSockets> {
  const { chats, gateway, clock } = services;
  const { so } = (await chats.read(chat)) ?? {};
  const closing = lastingEntries(so, clock.now()).map(async (entry) => {
    const connectionId = connectionIdOf(entry);
    await gateway.close(connectionId);
    await forgetSocket(services, connectionId, { chat, entry });
  });
  const outcomes = await Promise.allSettled(closing);
  const closed = outcomes.filter(({ status }) => status === "fulfilled").length;
  return { closed, left: outcomes.length - closed };
}
