/**
 * Schema of the sessions table: one item per chat, found by its InitialContactId alone. The CDK stack and the local
 * run both create the table from it.
 */
export const sessionTable = {
  partitionKey: "pk",
  /** Attribute with the item's end in epoch seconds; DynamoDB removes it some time after. Nothing relies on that removal. */
  timeToLive: "ttl",
} as const;
