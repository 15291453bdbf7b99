/**
 * The attributes of a session's item that the relay may touch, and those it may read: never the hash of a handle, a
 * sealed token or a wrapped key. Plain data: the CDK stack makes the function's rights of it.
 */
export const relayAttributes = {
  /** In updates, conditions included. To end a session it removes what is sealed, unread. */
  updated: [
    "pk",
    "st",
    "ca",
    "ax",
    "ttl",
    "ix",
    "ox",
    "tk",
    "so",
    "sb",
    "sf",
    "ce",
    "pt",
    "ct",
    "wc",
    "rl",
    "rn",
    "dl",
  ],
  /** In reads and in what an update answers. */
  read: ["pk", "st", "ca", "aw", "so", "sb", "sf", "ce", "ox"],
} as const;
