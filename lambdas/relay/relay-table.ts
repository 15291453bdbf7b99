/**
 * Schema of the relay's table: which chat a socket belongs to, and which items were delivered. Nothing in it is secret, or
 * lasts longer than a day. The CDK stack and the local run both create the table from it.
 */
export const relayTable = {
  partitionKey: "pk",
  /**
   * Attribute with the item's end in epoch seconds; DynamoDB removes it some time after. Nothing relies on that
   * removal.
   */
  timeToLive: "ttl",
} as const;
