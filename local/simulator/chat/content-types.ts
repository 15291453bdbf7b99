const eventPrefix = "application/vnd.amazonaws.connect.event.";

/** Content types of events (API reference, Item$ContentType and SendEvent). */
export const eventTypes = {
  typing: `${eventPrefix}typing`,
  delivered: `${eventPrefix}message.delivered`,
  read: `${eventPrefix}message.read`,
  acknowledged: `${eventPrefix}connection.acknowledged`,
  joined: `${eventPrefix}participant.joined`,
  left: `${eventPrefix}participant.left`,
  ended: `${eventPrefix}chat.ended`,
  transferSucceeded: `${eventPrefix}transfer.succeeded`,
  transferFailed: `${eventPrefix}transfer.failed`,
  idle: `${eventPrefix}participant.idle`,
  returned: `${eventPrefix}participant.returned`,
  autodisconnection: `${eventPrefix}participant.autodisconnection`,
  metadata: `${eventPrefix}message.metadata`,
} as const;

/** Longest content of each type that SendMessage takes, in characters (SDK documentation, SendMessage$Content). */
export const messageTypeLimits: Readonly<Record<string, number>> = {
  "text/plain": 1024,
  "text/markdown": 1024,
  "application/json": 12_000,
  "application/vnd.amazonaws.connect.message.interactive.response": 12_288,
};

/** What SupportedMessagingContentTypes may hold (API reference, StartChatContact). */
export const supportableTypes: readonly string[] = [
  ...Object.keys(messageTypeLimits),
  "application/vnd.amazonaws.connect.message.interactive",
];
