/**
 * The attributes of a session's item that a revocation may touch, and those it may read: never the hash of a handle,
 * a sealed token or a wrapped key. Plain data: the CDK stack makes the function's rights of it.
 */
export const revocationAttributes = {
  /** In updates, conditions included: the end of the session (what is sealed is removed, unread) and of its sockets. */
  updated: ["pk", "st", "ttl", "ce", "rv", "so", "sb", "ix", "ox", "tk", "pt", "ct", "wc", "rl", "rn", "dl"],
  /** In reads of one item. */
  read: ["pk", "st", "ca", "aw", "so", "sb", "sf", "ce", "ox", "rv"],
  /** In the sweep of all sessions. */
  swept: ["pk", "st", "ax", "rv"],
} as const;
