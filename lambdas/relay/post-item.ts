import { connectionIdOf } from "../sessions/entries.ts";
import { forgetSocket } from "./forget-socket.ts";
import { itemFrame, largestFrameBytes } from "./frames.ts";
import type { Notification } from "./notification.ts";
import type { RelayServices } from "./relay-services.ts";

/**
 * Sends an item to one socket of its chat, cut where it is too large. A socket that is gone is forgotten. @throws
 * when it could not be reached
 */
export async function postItem(
  services: RelayServices,
  { chat, item }: Pick<Notification, "chat" | "item">,
  entry: string,
): Promise<void> {
  const { gateway } = services;
  const connectionId = connectionIdOf(entry);
  let outcome = await gateway.post(connectionId, itemFrame(item));
  if (outcome === "too-large") outcome = await gateway.post(connectionId, itemFrame(item, largestFrameBytes));
  if (outcome === "gone") await forgetSocket(services, connectionId, { chat, entry });
}
