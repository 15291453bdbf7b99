import type { Conformance } from "../rate-limits/gcra.ts";
import { cellExpression } from "../rate-limits/gcra-expression.ts";
import type { Limit } from "../rate-limits/limits.ts";

/** A conditional update of a principal's item, without the table's name and the key. */
export interface StartUpdate {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** How long the places of a subject's chats are kept, in milliseconds: longer than any chat. */
const placesKeptMs = 8 * 86_400_000;

/**
 * Takes one unit of a principal's limit. The item goes once it would say nothing any more.
 *
 * @param most how many chats a subject may have open; undefined for a principal who is none
 */
export function startUpdate(limit: Limit, now: number, branch: Conformance, most?: number): StartUpdate {
  const keptMs = most === undefined ? limit.intervalMs * limit.burst : placesKeptMs;
  const cell = cellExpression({ attribute: "tat", limit, now }, branch);
  return {
    UpdateExpression: `SET ${[...cell.sets, "#ttl = :ttl"].join(", ")}`,
    ConditionExpression: [...cell.conditions, ...(most === undefined ? [] : [hasPlace])].join(" AND "),
    ExpressionAttributeNames: { ...cell.names, "#ttl": "ttl" },
    ExpressionAttributeValues: {
      ...cell.values,
      ":now": now,
      ":ttl": Math.ceil((now + keptMs) / 1_000),
      ...(most !== undefined && { ":most": most }),
    },
  };
}

const hasPlace = "(attribute_not_exists(oc) OR size(oc) < :most)";

/** Takes a place among the `most` chats that a subject may have open. */
export function placeTaken(place: string, most: number, now: number): StartUpdate {
  return {
    UpdateExpression: "ADD oc :place SET #ttl = :ttl",
    ConditionExpression: hasPlace,
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: {
      ":place": new Set([place]),
      ":most": most,
      ":ttl": Math.ceil((now + placesKeptMs) / 1_000),
    },
  };
}

/** Gives places back. */
export function placeGivenBack(places: readonly string[]): StartUpdate {
  return {
    UpdateExpression: "DELETE oc :places",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: { ":places": new Set(places) },
  };
}
