import { burstTolerance, type Conformance } from "./gcra.ts";
import type { Limit } from "./limits.ts";

/** A cell in an item of the database: the attribute that holds its theoretical arrival time, its limit, and now. */
export interface StoredCell {
  readonly attribute: string;
  readonly limit: Limit;
  /** Milliseconds since the epoch; the expression reads it as `:now`, which the update has to define. */
  readonly now: number;
}

/**
 * One way to conform (gcra.ts), as a condition and an effect of an update. DynamoDB conditions know no arithmetic and
 * no max(), so each way is an expression of its own.
 */
export function cellExpression({ attribute, limit, now }: StoredCell, branch: Conformance) {
  const names = { "#tat": attribute };
  if (branch === "idle") {
    return {
      names,
      sets: ["#tat = :tat"],
      conditions: ["(attribute_not_exists(#tat) OR #tat <= :now)"],
      values: { ":tat": now + limit.intervalMs },
    };
  }
  return {
    names,
    sets: ["#tat = #tat + :interval"],
    conditions: ["#tat > :now", "#tat <= :latest"],
    values: { ":interval": limit.intervalMs, ":latest": now + burstTolerance(limit) },
  };
}
