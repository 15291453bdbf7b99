import type { Conformance } from "../rate-limits/gcra.ts";
import { cellExpression } from "../rate-limits/gcra-expression.ts";
import type { Cell, Limit } from "../rate-limits/limits.ts";
import type { HandleKind } from "./handle.ts";
import { type Lease, latestEnding } from "./lease.ts";
import { type ItemUpdate, tatAttribute } from "./session-item.ts";

// The expressions on a session's item that are about its admissions; session-item.ts tells what the attributes are.

/** What a request must prove, and what it takes, to be admitted. */
export interface AdmissionTerms {
  readonly kind: HandleKind;
  /** Hash of the presented secret. */
  readonly hash: Buffer;
  /** Now, once per request: every comparison of one admission uses the same instant. */
  readonly now: number;
  /** Sessions created before this are revoked. */
  readonly validFrom: number;
  /** From now to what the idle expiry becomes, unless the session says otherwise. */
  readonly idleMs: number;
  readonly cell: { readonly name: Cell; readonly limit: Limit };
  /** The socket ticket that this admission mints, as `tk` keeps it. */
  readonly ticket?: string;
  /** The file that this admission reserves in the chat's quota. */
  readonly reservation?: FileReservation;
}

/** A file to be counted, and what the chat may have. */
export interface FileReservation {
  /** As `ar` keeps it. */
  readonly entry: string;
  readonly bytes: number;
  readonly mostFiles: number;
  readonly mostBytes: number;
}

/** A new generation of the connection handle. */
export interface NextGeneration {
  readonly g: number;
  readonly hc: Buffer;
  readonly wc: Buffer;
}

/** The connection handle was used lately, or a socket of ours is open. */
const notIdle = "(ix > :now OR ox > :now)";

const slidesIdleExpiry = "ix = if_not_exists(il, :idle) + :now";

const handleHash: Readonly<Record<HandleKind, string>> = { participant: "hp", connection: "hc" };

/** Admits a request: proves the handle, takes one unit of its cell as `branch` says, slides the idle expiry. */
export function admission(terms: AdmissionTerms, branch: Conformance): ItemUpdate {
  return onOpenSession(terms, branch, [notIdle], [slidesIdleExpiry], {});
}

/** Admits a participant handle whose connection handle has idled out, and starts that handle's next generation. */
export function admissionWithNextGeneration(
  terms: AdmissionTerms,
  branch: Conformance,
  next: NextGeneration,
): ItemUpdate {
  return onOpenSession(
    terms,
    branch,
    [`NOT ${notIdle}`, "g = :previous"],
    [slidesIdleExpiry, "g = :g", "hc = :hc", "wc = :wc"],
    { ":g": next.g, ":hc": next.hc, ":wc": next.wc, ":previous": next.g - 1 },
  );
}

/**
 * Admits the one request that disconnects the participant, for the time of `lease`. Slides nothing: the chat is about
 * to end.
 */
export function disconnection(terms: AdmissionTerms, branch: Conformance, lease: Lease): ItemUpdate {
  return onOpenSession(
    terms,
    branch,
    [notIdle, "(attribute_not_exists(dl) OR dl < :ending)"],
    ["dl = :lease"],
    { ":lease": lease, ":ending": latestEnding(terms.now) },
  );
}

function onOpenSession(
  terms: AdmissionTerms,
  branch: Conformance,
  conditions: readonly string[],
  sets: readonly string[],
  values: Readonly<Record<string, unknown>>,
): ItemUpdate {
  const { name, limit } = terms.cell;
  const cell = cellExpression({ attribute: tatAttribute(name), limit, now: terms.now }, branch);
  const reservation = terms.reservation && reservationExpression(terms.reservation);
  const adds = [...(terms.ticket ? ["tk :ticket"] : []), ...(reservation?.adds ?? [])];
  return {
    UpdateExpression: `SET ${[...sets, ...(terms.ticket ? ["aw = :asked"] : []), ...cell.sets].join(", ")}${adds.length > 0 ? ` ADD ${adds.join(", ")}` : ""}`,
    ConditionExpression: [
      `${handleHash[terms.kind]} = :hash`,
      "st = :active",
      "ax > :now",
      "ca >= :validFrom",
      ...conditions,
      ...cell.conditions,
      ...(reservation?.conditions ?? []),
    ].join(" AND "),
    ExpressionAttributeNames: cell.names,
    ExpressionAttributeValues: {
      ":hash": terms.hash,
      ":active": "a",
      ":now": terms.now,
      ":validFrom": terms.validFrom,
      ...(sets.includes(slidesIdleExpiry) && { ":idle": terms.idleMs }),
      ...(terms.ticket && { ":ticket": new Set([terms.ticket]), ":asked": 1 }),
      ...reservation?.values,
      ...values,
      ...cell.values,
    },
  };
}

/** A file is counted once, and only where the chat has room for it. */
function reservationExpression({ entry, bytes, mostFiles, mostBytes }: FileReservation) {
  return {
    adds: ["ar :file", "af :one", "ab :bytes"],
    conditions: [
      "NOT contains(ar, :fileEntry)",
      "(attribute_not_exists(af) OR af < :mostFiles)",
      "(attribute_not_exists(ab) OR ab <= :roomy)",
    ],
    values: {
      ":file": new Set([entry]),
      ":fileEntry": entry,
      ":one": 1,
      ":bytes": bytes,
      ":mostFiles": mostFiles,
      ":roomy": mostBytes - bytes,
    },
  };
}
