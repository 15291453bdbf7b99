/**
 * A chat that is being started, as the table of starts holds it from before Connect is asked until the page can be
 * answered. Names are short because every write pays for the item's size. Times are milliseconds since the epoch but
 * `ttl`. This file holds every expression on it.
 */
export interface StartRecord {
  /** Hash of the page's ClientToken and its principal (repeatable-start.ts), else random. */
  readonly pk: string;
  /** Names the attempt, at random: who writes later proves by it that nobody took over meanwhile. */
  readonly n: string;
  /** The ClientToken that Connect is given. An attempt that takes over gives it again, for the same contact. */
  readonly u: string;
  /** When the reaper may take over: no function lives so long. Gone once the page can be answered. */
  readonly due?: number;
  /** ContactId, from the moment that it is known. */
  readonly ci?: string;
  /** Present where the start failed: its session, if it has one, is nobody's. */
  readonly un?: true;
  /**
   * Hash of the request under a key of the page's ClientToken; like the two below, of a start that may be repeated
   * alone.
   */
  readonly rh?: Uint8Array;
  /** Until when a repeated start gets the same answer. */
  readonly rx?: number;
  /** The answer, sealed under a key of the page's ClientToken. */
  readonly an?: Uint8Array;
  readonly ttl: number;
}

/**
 * A start has this long before the reaper takes it over, in milliseconds: three times what Lambda lets the function
 * live.
 */
export const dueAfterMs = 30_000;

/** How long a repeated start gets the same answer, in milliseconds from the first. */
export const repeatedForMs = 300_000;

/** When DynamoDB may remove the record of a start that nobody finished, in seconds: longer than any chat may last. */
const keptUnfinishedSeconds = 8 * 86_400;

/** What a write needs to find, without the table's name and the key. */
export interface RecordCondition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** A conditional update of a record. */
export interface RecordUpdate extends RecordCondition {
  readonly UpdateExpression: string;
}

/** When DynamoDB may remove the record of a start that begins now, in epoch seconds. */
export function unfinishedTtl(now: number): number {
  return Math.ceil(now / 1_000) + keptUnfinishedSeconds;
}

/** Nobody has begun such a start, or its answer is past repeating. */
export function isFree(now: number): RecordCondition {
  return {
    ConditionExpression: "attribute_not_exists(pk) OR (attribute_not_exists(due) AND rx <= :now)",
    ExpressionAttributeValues: { ":now": now },
  };
}

/** Attempt `n` got no contact that anybody knows of, and whoever made it is gone. */
export function isAbandoned(n: string, now: number): RecordCondition {
  return {
    ConditionExpression: "n = :n AND due <= :now AND attribute_not_exists(ci)",
    ExpressionAttributeValues: { ":n": n, ":now": now },
  };
}

/** Nobody took over from attempt `n`. */
export function isAttempt(n: string): RecordCondition {
  return { ConditionExpression: "n = :n", ExpressionAttributeValues: { ":n": n } };
}

/** Attempt `n` is still without a contact and as due as it was. */
export function isStillWithoutContact(n: string, due: number): RecordCondition {
  return {
    ConditionExpression: "n = :n AND due = :due AND attribute_not_exists(ci)",
    ExpressionAttributeValues: { ":n": n, ":due": due },
  };
}

/** The answer of attempt `n`, which is finished, is past repeating. */
export function isPastRepeating(n: string, now: number): RecordCondition {
  return {
    ConditionExpression: "n = :n AND attribute_not_exists(due) AND rx <= :now",
    ExpressionAttributeValues: { ":n": n, ":now": now },
  };
}

/** The contact is known, and what its page will be answered. */
export function contactRecorded(n: string, ci: string, an: Buffer | undefined): RecordUpdate {
  return {
    UpdateExpression: `SET ci = :ci${an ? ", an = :an" : ""}`,
    ConditionExpression: "n = :n AND attribute_exists(due)",
    ExpressionAttributeValues: { ":n": n, ":ci": ci, ...(an && { ":an": an }) },
  };
}

/** The start failed, and its contact could not be stopped or its session not be ended: the reaper may do it at once. */
export function contactLeft(n: string, ci: string, now: number): RecordUpdate {
  return {
    UpdateExpression: "SET ci = :ci, due = :now, un = :true REMOVE an",
    ConditionExpression: "n = :n",
    ExpressionAttributeValues: { ":n": n, ":ci": ci, ":now": now, ":true": true },
  };
}

/** Connect gave no answer: whoever repeats the start may take over at once. */
export function released(n: string, now: number): RecordUpdate {
  return {
    UpdateExpression: "SET due = :now",
    ConditionExpression: "n = :n AND attribute_not_exists(ci)",
    ExpressionAttributeValues: { ":n": n, ":now": now },
  };
}

/** The page can be answered, until `rx` again and again. */
export function finished(n: string, rx: number): RecordUpdate {
  return {
    UpdateExpression: "SET #ttl = :ttl REMOVE due",
    ConditionExpression: "n = :n",
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: { ":n": n, ":ttl": Math.ceil(rx / 1_000) },
  };
}
