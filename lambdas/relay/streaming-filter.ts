/**
 * Which of Connect's notifications reach the relay: those a customer may see. On the visibility alone, because a filter
 * never matches where its attribute is absent, and the notification that a chat ended has no ParticipantRole.
 */
export const streamingFilter = { MessageVisibility: ["CUSTOMER", "ALL"] } as const;
