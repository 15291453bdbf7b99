import type { ChatObserver } from "../chat/chats.ts";
import type { Contact, Item, Visibility } from "../chat/contact.ts";
import { eventTypes } from "../chat/content-types.ts";
import type { Services } from "../services.ts";
import { Delivery } from "./delivery.ts";
import { type Publish, writeNotification } from "./notification.ts";
import type { StreamSwitches } from "./stream-switches.ts";

type Needs = Pick<Services, "clock" | "requests" | "streamChances" | "switches" | "timeline">;

const idleEvents: readonly string[] = [eventTypes.idle, eventTypes.returned, eventTypes.autodisconnection];

/**
 * Message streaming: every item goes to each topic that was given to StartContactStreaming before, as it is at that
 * moment. Which kinds Connect leaves out is not documented, so switches decide.
 */
export function createStreamPublisher(publish: Publish, services: Needs): ChatObserver {
  const { switches } = services;
  const delivery = new Delivery(publish, services);

  function stream(contact: Contact, item: Item, visibility: Visibility) {
    const isLast = item.ContentType === eventTypes.ended;
    for (const streaming of contact.streamings) {
      delivery.hand(streaming, writeNotification(contact, streaming, item, visibility), isLast);
    }
  }

  return {
    published(contact, item, visibility) {
      if (isStreamed(item, switches)) stream(contact, item, visibility);
    },
    started(contact) {
      const [first] = contact.transcript;
      if (!contact.initialMessage || !first || switches.streamInitialMessage === "never") return;
      stream(contact, first, "ALL");
    },
  };
}

function isStreamed(
  { Type, ContentType = "" }: Item,
  { streamReceipts, streamIdleEvents }: StreamSwitches,
): boolean {
  if (Type === "MESSAGEMETADATA") return streamReceipts;
  return streamIdleEvents || !idleEvents.includes(ContentType);
}
