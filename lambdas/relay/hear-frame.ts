import { socketSubscribed } from "../sessions/session-sockets.ts";
import { answers, readFrame } from "./frames.ts";
import type { RelayServices } from "./relay-services.ts";
import type { SocketEvent } from "./socket-event.ts";

/**
 * `$default`: answers what a client said on its socket, as Connect does; closes a socket that floods. Only a
 * subscription touches the database; one that is not possible any more closes the socket.
 */
export async function hearFrame(services: RelayServices, event: SocketEvent): Promise<void> {
  const { gateway, meter, clock } = services;
  const { connectionId } = event.requestContext;
  if (!meter.takes(connectionId, clock.now())) return gateway.close(connectionId);
  const frame = event.isBase64Encoded ? undefined : readFrame(event.body);
  if (frame === undefined) return;
  if (frame === "subscribe" && !(await subscribe(services, connectionId))) {
    await gateway.close(connectionId);
    return;
  }
  await gateway.post(connectionId, answers[frame]);
}

async function subscribe(services: RelayServices, connectionId: string): Promise<boolean> {
  const { chats, store, memory, clock } = services;
  const record = memory.recall(connectionId) ?? (await store.findSocket(connectionId));
  if (record === undefined) return false;
  memory.learn(connectionId, record);
  return chats.update(record.chat, socketSubscribed(record.entry, clock.now()));
}
