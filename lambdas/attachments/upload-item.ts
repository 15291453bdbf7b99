import { type Lease, latestEnding } from "../sessions/lease.ts";
import type { UploadClaim, UploadStep } from "./upload-store.ts";

/** An update of one upload's item, without the table's name and the key. */
export interface UploadUpdate {
  readonly UpdateExpression: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

/**
 * How long an upload is remembered, in seconds: as long as its object may lie in the bucket, which S3 empties at the
 * midnight after a whole day, and an hour.
 */
const keptSeconds = 49 * 3_600;

/** Nobody is completing it. */
const unheld = "(attribute_not_exists(#lease) OR #lease < :ending)";

/** Writes what is not there yet: a repeat changes nothing. */
export function reservation(claim: Partial<UploadClaim>, now: number): UploadUpdate {
  const item = { ...claim, state: "reserved", startedAt: now, ttl: Math.ceil(now / 1_000) + keptSeconds };
  const names = Object.keys(item);
  return {
    UpdateExpression: `SET ${names.map((name) => `#${name} = if_not_exists(#${name}, :${name})`).join(", ")}`,
    ExpressionAttributeNames: named(names),
    ExpressionAttributeValues: valued(item),
  };
}

/** Takes the right to complete it. */
export function lease(now: number, wanted: Lease): UploadUpdate {
  return {
    UpdateExpression: "SET #lease = :lease",
    ConditionExpression: `#state = :reserved AND ${unheld}`,
    ExpressionAttributeNames: named(["lease", "state"]),
    ExpressionAttributeValues: valued({ lease: wanted, reserved: "reserved", ending: latestEnding(now) }),
  };
}

/** Refuses it where it was reserved at `reservedUntil` or before, and nobody is completing it. */
export function abandonment(reservedUntil: number, now: number): UploadUpdate {
  return {
    UpdateExpression: "SET #state = :refused, #reason = :reason, #sentence = :sentence",
    ConditionExpression: `#state = :reserved AND #startedAt <= :reservedUntil AND ${unheld}`,
    ExpressionAttributeNames: named(["lease", "state", "startedAt", "reason", "sentence"]),
    ExpressionAttributeValues: valued({
      reserved: "reserved",
      reservedUntil,
      ending: latestEnding(now),
      refused: "refused",
      reason: "UploadAbandoned",
      sentence: "The upload took too long. Send the file again.",
    }),
  };
}

/** Records a step of an upload that is there. @param releases whether it gives the right to complete it back */
export function steps(step: UploadStep, releases = false): UploadUpdate {
  const names = Object.keys(step);
  const expressions = [
    ...(names.length > 0 ? [`SET ${names.map((name) => `#${name} = :${name}`).join(", ")}`] : []),
    ...(releases ? ["REMOVE #lease"] : []),
  ];
  return {
    UpdateExpression: expressions.join(" "),
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeNames: named([...names, ...(releases ? ["lease"] : [])]),
    ...(names.length > 0 && { ExpressionAttributeValues: valued(step) }),
  };
}

function named(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`#${name}`, name]));
}

function valued(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value]));
}
