import type { Conformance } from "../rate-limits/gcra.ts";
import { cellExpression } from "../rate-limits/gcra-expression.ts";
import type { Cell, Limit } from "../rate-limits/limits.ts";
import type { HandleKind } from "./handle.ts";
import { type Lease, latestEnding } from "./lease.ts";

/**
 * The one item of a chat, as the table holds it. Names are short because every admission pays for the item's size.
 * All times are milliseconds since the epoch but `ttl`. This file holds every expression on it.
 */
export interface SessionAttributes {
  /** InitialContactId. */
  readonly pk: string;
  /** `a` active; `e` ended: disconnected, revoked, or found over at Connect. Nothing leads back to `a`. */
  readonly st: "a" | "e";
  /** Created. */
  readonly ca: number;
  /** Absolute expiry: the end of the chat's duration. */
  readonly ax: number;
  /** When DynamoDB may remove the item, epoch seconds. */
  readonly ttl: number;
  /** Hash of the participant secret. */
  readonly hp: Uint8Array;
  /** Hash of the connection secret of generation `g`. */
  readonly hc: Uint8Array;
  readonly g: number;
  /** Idle expiry of the connection handle; every admission moves it on. */
  readonly ix: number;
  /** Until when an open socket of ours keeps the connection handle alive, however quiet the chat is. Absent without one. */
  readonly ox?: number;
  /** `r`: Connect streams this chat's items to the relay. Absent for a chat that was started in the mode `direct`. */
  readonly sm?: "r";
  /** Tickets that open a socket, each once: `<expiry>-<hash>`. */
  readonly tk?: ReadonlySet<string>;
  /** Sockets of this chat: `<latest end>-<connection id>` (relay/entries.ts). */
  readonly so?: ReadonlySet<string>;
  /** Those of `so` that subscribed to the chat's items. */
  readonly sb?: ReadonlySet<string>;
  /** When the first socket subscribed. */
  readonly sf?: number;
  /** When the end of the chat was sent to the sockets: nothing follows it. */
  readonly ce?: number;
  /** Request id of the revocation that ended the session. Gone once its sockets are closed and its contact is stopped. */
  readonly rv?: string;
  /** Hash of the subject that the chat was started for (start/subject-hash.ts). Absent where nobody signed in. */
  readonly su?: string;
  /** Files in the chat's quota, those on their way included, and their bytes. */
  readonly af?: number;
  readonly ab?: number;
  /** Files on their way: `<bytes>-<AttachmentId>` (attachments/reservation.ts). */
  readonly ar?: ReadonlySet<string>;
  /** The sealing key, wrapped for the connection handle of generation `g`. Gone once ended, like `pt` and `ct`. */
  readonly wc?: Uint8Array;
  /** Connect's participant token, sealed. */
  readonly pt?: Uint8Array;
  /** Connect's connection token, sealed. Absent until the first connection. */
  readonly ct?: Uint8Array;
  /** Version of `ct`, part of its seal; 0 while there is none. */
  readonly cv: number;
  /** Expiry of `ct` at Connect. */
  readonly cx?: number;
  /** Until when one request is renewing `ct`. */
  readonly rl?: Lease;
  /** Until when `ct` is too new to be renewed. */
  readonly rn?: number;
  /** Until when one request is disconnecting the participant. */
  readonly dl?: Lease;
}

/** The item, with the theoretical arrival times of its rate-limit cells: one attribute `t-<cell>` each. */
export type SessionItem = SessionAttributes & { readonly [C in Cell as `t-${C}`]?: number };

/** A conditional update of one item, without the table's name and the key. */
export interface ItemUpdate {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** What a request must prove, and what it takes, to be admitted. */
export interface AdmissionTerms {
  readonly kind: HandleKind;
  /** Hash of the presented secret. */
  readonly hash: Buffer;
  /** Now, once per request: every comparison of one admission uses the same instant. */
  readonly now: number;
  /** Sessions created before this are revoked. */
  readonly validFrom: number;
  /** What the idle expiry becomes. */
  readonly idleUntil: number;
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

/** The attribute that holds a cell's theoretical arrival time. */
export function tatAttribute(cell: Cell): `t-${Cell}` {
  return `t-${cell}`;
}

/** How long an ended chat's item stays, in seconds, before DynamoDB may remove it. */
export const keptAfterEndSeconds = 3_600;

/** The connection handle was used lately, or a socket of ours is open. */
const notIdle = "(ix > :now OR ox > :now)";

const handleHash: Readonly<Record<HandleKind, string>> = { participant: "hp", connection: "hc" };

/** Admits a request: proves the handle, takes one unit of its cell as `branch` says, slides the idle expiry. */
export function admission(terms: AdmissionTerms, branch: Conformance): ItemUpdate {
  return onOpenSession(terms, branch, [notIdle], ["ix = :idleUntil"], {});
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
    ["ix = :idleUntil", "g = :g", "hc = :hc", "wc = :wc"],
    { ":g": next.g, ":hc": next.hc, ":wc": next.wc, ":previous": next.g - 1 },
  );
}

/** Admits the one request that disconnects the participant, for the time of `lease`. Slides nothing: the chat is about to end. */
export function disconnection(terms: AdmissionTerms, branch: Conformance, lease: Lease): ItemUpdate {
  return onOpenSession(
    terms,
    branch,
    [notIdle, "(attribute_not_exists(dl) OR dl < :ending)"],
    ["dl = :lease"],
    { ":lease": lease, ":ending": latestEnding(terms.now) },
  );
}

/** Gives the right to disconnect back, after a failure that ended nothing. */
export function disconnectionGivenBack(lease: Lease): ItemUpdate {
  return givenBack("dl", lease);
}

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

function givenBack(name: "rl" | "dl", lease: Lease): ItemUpdate {
  return {
    UpdateExpression: `REMOVE ${name}`,
    ConditionExpression: `${name} = :lease`,
    ExpressionAttributeValues: { ":lease": lease },
  };
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
    UpdateExpression: `SET ${[...sets, ...cell.sets].join(", ")}${adds.length > 0 ? ` ADD ${adds.join(", ")}` : ""}`,
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
      ...(sets.includes("ix = :idleUntil") && { ":idleUntil": terms.idleUntil }),
      ...(terms.ticket && { ":ticket": new Set([terms.ticket]) }),
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
