import { type Lease, latestEnding } from "./lease.ts";
import type { ItemUpdate } from "./session-item.ts";

// The expressions on a session's item that are about its leases, and what a renewal stores; session-item.ts tells
// what the attributes are.

/** Takes the right to renew the connection token of `version`, for the time of `lease`. */
export function renewalLease(version: number, now: number, lease: Lease): ItemUpdate {
  return {
    UpdateExpression: "SET rl = :lease",
    ConditionExpression: [
      "st = :active AND cv = :version",
      "(attribute_not_exists(rl) OR rl < :ending)",
      "(attribute_not_exists(rn) OR rn <= :now)",
    ].join(" AND "),
    ExpressionAttributeValues: {
      ":active": "a",
      ":version": version,
      ":now": now,
      ":lease": lease,
      ":ending": latestEnding(now),
    },
  };
}

/** Gives the right to renew back, after a failure. */
export function renewalGivenBack(lease: Lease): ItemUpdate {
  return givenBack("rl", lease);
}

/** Stores version `version` of the connection token over its predecessor; no renewal before `noRenewalUntil`. */
export function connectionTokenStored(
  version: number,
  ct: Buffer,
  cx: number,
  noRenewalUntil: number,
): ItemUpdate {
  return {
    UpdateExpression: "SET ct = :ct, cx = :cx, cv = :version, rn = :noRenewalUntil REMOVE rl",
    ConditionExpression: "st = :active AND cv = :previous",
    ExpressionAttributeValues: {
      ":active": "a",
      ":ct": ct,
      ":cx": cx,
      ":version": version,
      ":previous": version - 1,
      ":noRenewalUntil": noRenewalUntil,
    },
  };
}

/** Gives the right to disconnect back, after a failure that ended nothing. */
export function disconnectionGivenBack(lease: Lease): ItemUpdate {
  return givenBack("dl", lease);
}

function givenBack(name: "rl" | "dl", lease: Lease): ItemUpdate {
  return {
    UpdateExpression: `REMOVE ${name}`,
    ConditionExpression: `${name} = :lease`,
    ExpressionAttributeValues: { ":lease": lease },
  };
}
