/**
 * What the reaper may touch: of a start's record all but the answer, the request's hash and Connect's ClientToken; of
 * a session its key and its end, and nothing that tells or opens anything. Plain data: the CDK stack makes the
 * function's rights of it.
 */
export const reaperAttributes = {
  /** In the search of the table of starts. */
  swept: ["pk", "n", "ci", "un", "due", "rx"],
  /** In writes on a start's record, conditions included. */
  records: ["pk", "n", "ci", "due", "rx", "ttl"],
  /** In updates of a session, conditions included: its end (what is sealed is removed, unread). */
  sessions: ["pk", "st", "ttl", "pt", "ct", "wc"],
} as const;
