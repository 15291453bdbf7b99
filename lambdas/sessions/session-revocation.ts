import { keptAfterEndSeconds } from "./session-end.ts";
import type { ItemUpdate } from "./session-item.ts";

// The expressions on a session's item that are about its revocation; session-item.ts tells what the attributes are.

/**
 * Ends an active session for its handles, and removes everything sealed in the same write; no item is sent to its
 * sockets any more. The mark `rv` stays, and with it the item, until the rest is done: whoever repeats a revocation
 * that died finds it by that.
 *
 * @param revocation request id of the invocation that revokes
 */
export function revoked(now: number, revocation: string): ItemUpdate {
  return {
    UpdateExpression: "SET st = :ended, ce = :now, rv = :revocation REMOVE pt, ct, wc, rl, rn, dl, tk, ox",
    ConditionExpression: "st = :active",
    ExpressionAttributeValues: { ":active": "a", ":ended": "e", ":now": now, ":revocation": revocation },
  };
}

/** The sockets are closed and the contact is stopped: the item goes as that of any chat that has ended. */
export function revocationFinished(now: number): ItemUpdate {
  return {
    UpdateExpression: "SET #ttl = :ttl REMOVE rv",
    ConditionExpression: "attribute_exists(rv)",
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: { ":ttl": Math.ceil(now / 1_000) + keptAfterEndSeconds },
  };
}
