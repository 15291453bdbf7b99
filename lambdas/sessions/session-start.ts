import { keptAfterEndSeconds } from "./session-end.ts";
import type { ItemUpdate } from "./session-item.ts";

// The expressions on a session's item that are about a start which failed. Both also write where there is no session:
// an item that says "ended" and opens to no handle, in the way of a session that comes too late.

/** Ends the session of a start that is undone, whether it is there or not: nobody was told of it. */
export function startUndone(now: number): ItemUpdate {
  return {
    UpdateExpression: "SET st = :ended, #ttl = :ttl REMOVE pt, ct, wc",
    ConditionExpression: "attribute_not_exists(pk) OR st IN (:active, :ended)",
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: { ":active": "a", ":ended": "e", ":ttl": keptUntil(now) },
  };
}

/** Keeps a session from being created, unless there is one that lives: the condition fails for that one alone. */
export function sessionPrevented(now: number): ItemUpdate {
  return {
    UpdateExpression: "SET st = :ended, #ttl = if_not_exists(#ttl, :ttl)",
    ConditionExpression: "attribute_not_exists(pk) OR st = :ended",
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: { ":ended": "e", ":ttl": keptUntil(now) },
  };
}

/**
 * A customer has to connect within this time (API reference, StartChatContact), in milliseconds; Connect ends a chat
 * without.
 */
const neverConnectedMs = 300_000;

/**
 * Changes nothing, and says whether the chat goes on: the condition fails for one that is over, here or at Connect,
 * was never connected, or never there.
 */
export function unlessEnded(now: number): ItemUpdate {
  return {
    UpdateExpression: "SET st = :active",
    ConditionExpression:
      "st = :active AND ax > :now AND attribute_not_exists(ce) AND (cv > :none OR ca > :recently)",
    ExpressionAttributeValues: {
      ":active": "a",
      ":now": now,
      ":none": 0,
      ":recently": now - neverConnectedMs,
    },
  };
}

function keptUntil(now: number): number {
  return Math.ceil(now / 1_000) + keptAfterEndSeconds;
}
