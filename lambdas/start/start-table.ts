/**
 * Schema of the table of starts: one item per chat that is being started, or whose start may be repeated for the same
 * answer. The CDK stack and the local run both create the table from it.
 */
export const startTable = {
  partitionKey: "pk",
  /**
   * Attribute with the item's end in epoch seconds. Nothing relies on DynamoDB's removal: every time is in a
   * condition as well.
   */
  timeToLive: "ttl",
} as const;
