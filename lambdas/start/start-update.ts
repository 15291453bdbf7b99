import type { Conformance } from "../rate-limits/gcra.ts";
import { cellExpression } from "../rate-limits/gcra-expression.ts";
import type { Limit } from "../rate-limits/limits.ts";

/** A conditional update of a principal's item, without the table's name and the key. */
export interface StartUpdate {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** Takes one unit of a principal's limit. The item goes once it would say nothing any more. */
export function startUpdate(limit: Limit, now: number, branch: Conformance): StartUpdate {
  const cell = cellExpression({ attribute: "tat", limit, now }, branch);
  return {
    UpdateExpression: `SET ${[...cell.sets, "#ttl = :ttl"].join(", ")}`,
    ConditionExpression: cell.conditions.join(" AND "),
    ExpressionAttributeNames: { ...cell.names, "#ttl": "ttl" },
    ExpressionAttributeValues: {
      ...cell.values,
      ":now": now,
      ":ttl": Math.ceil((now + limit.intervalMs * limit.burst) / 1_000),
    },
  };
}
