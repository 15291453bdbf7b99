import { timingSafeEqual } from "node:crypto";
import { type Conformance, conformance, timeToConform } from "../rate-limits/gcra.ts";
import type { AdmissionTerms } from "./session-admission.ts";
import { type SessionItem, tatAttribute } from "./session-item.ts";

/** Why an admission's condition failed, told from the item it failed on. */
export type Verdict =
  /** The handle opens nothing; `detail` is for the log. */
  | { readonly kind: "denied"; readonly detail: string }
  /** The right handle of a chat that was ended. */
  | { readonly kind: "ended" }
  /** The right handle, and its cell is exhausted. */
  | { readonly kind: "limited"; readonly retryAfterMs: number }
  /** A participant handle, whose connection handle idled out in this generation; `branch` is the condition to try. */
  | { readonly kind: "idle"; readonly branch: Conformance; readonly generation: number }
  /** Nothing stands against it: `branch` applies, or a parallel request came between. */
  | { readonly kind: "open"; readonly branch: Conformance };

/** Judges `item` in the order of the admission's condition, so that a wrong secret learns nothing else. */
export function judgeSession(item: SessionItem | undefined, terms: AdmissionTerms): Verdict {
  if (item === undefined) return { kind: "denied", detail: "unknown selector" };
  const detail = whyDenied(item, terms);
  if (detail !== undefined) return { kind: "denied", detail };
  if (item.st !== "a") return { kind: "ended" };
  const { cell, now } = terms;
  const tat = item[tatAttribute(cell.name)] ?? 0;
  const branch = conformance(cell.limit, tat, now);
  if (branch === undefined) return { kind: "limited", retryAfterMs: timeToConform(cell.limit, tat, now) };
  return isIdle(item, now) ? { kind: "idle", branch, generation: item.g } : { kind: "open", branch };
}

function whyDenied(item: SessionItem, { kind, hash, now, validFrom }: AdmissionTerms): string | undefined {
  const stored = kind === "participant" ? item.hp : item.hc;
  if (stored.length !== hash.length || !timingSafeEqual(stored, hash)) return "wrong secret";
  if (item.ax <= now) return "expired";
  if (item.ca < validFrom) return "revoked with all";
  if (kind === "connection" && item.st === "a" && isIdle(item, now)) return "idle";
  return undefined;
}

function isIdle({ ix, ox = 0 }: SessionItem, now: number): boolean {
  return ix <= now && ox <= now;
}
