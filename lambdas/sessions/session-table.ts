/**
 * Schema of the sessions table: one item per chat, found by its InitialContactId alone; the owner also finds the
 * chats of one subject. It holds a day's uploads and the limits of who starts chats besides, under keys that no
 * contact has. The CDK stack and the local run both create the table from it.
 */
export const sessionTable = {
  partitionKey: "pk",
  /**
   * Attribute with the item's end in epoch seconds; DynamoDB removes it some time after. Nothing relies on that
   * removal.
   */
  timeToLive: "ttl",
  /** Keys of the chats of a subject. Sparse: only a chat that somebody signed in for has the attribute. */
  subjectIndex: { name: "by-subject", partitionKey: "su" },
} as const;
