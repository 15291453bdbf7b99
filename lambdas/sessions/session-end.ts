import type { ItemUpdate } from "./session-item.ts";

// The expressions on a session's item that are about its end; session-item.ts tells what the attributes are.

/** How long an ended chat's item stays, in seconds, before DynamoDB may remove it. */
export const keptAfterEndSeconds = 3_600;

/**
 * Ends the session and removes everything sealed in the same write. The hashes stay for {@link keptAfterEndSeconds}: they
 * answer a repeated disconnect. The sockets stay, to be sent the end.
 *
 * @param endSent whether the sockets were sent the end: no item follows
 */
export function ended(now: number, endSent = false): ItemUpdate {
  return {
    UpdateExpression: `SET st = :ended, #ttl = :ttl${endSent ? ", ce = :now" : ""} REMOVE pt, ct, wc, rl, rn, dl, tk, ox`,
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: {
      ":ended": "e",
      ":ttl": Math.ceil(now / 1_000) + keptAfterEndSeconds,
      ...(endSent && { ":now": now }),
    },
  };
}
