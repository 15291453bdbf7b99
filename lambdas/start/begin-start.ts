import { createHash, randomBytes } from "node:crypto";
import { ChatError, unavailable } from "../errors.ts";
import type { StartServices } from "../services.ts";
import { open } from "../sessions/sealing.ts";
import { admitStart, type StartAdmissionServices } from "./admit-start.ts";
import type { Principal } from "./principal.ts";
import type { RepeatableStart } from "./repeatable-start.ts";
import {
  dueAfterMs,
  isAbandoned,
  isAttempt,
  isFree,
  released,
  repeatedForMs,
  type StartRecord,
  unfinishedTtl,
} from "./start-record.ts";
import { answerPlace, type StartedChat } from "./started-chat.ts";

/**
 * Pauses of a start that waits for the same one to be finished, in milliseconds: a second together. Those who wait
 * hold a function each.
 */
const pausesMs = [200, 300, 500];

/** What it needs. */
export type BeginningServices = StartAdmissionServices & Pick<StartServices, "clock" | "startRecords">;

/** A start that is recorded and admitted: whoever holds it may ask Connect, and has to finish or undo it. */
export interface BegunStart {
  readonly record: StartRecord & { readonly due: number };
  readonly repeatable: RepeatableStart | undefined;
}

/**
 * Records that a chat is about to be started, and takes a unit of the principal's limit. A start that was begun
 * before is waited for, and answered as it was: that takes no unit.
 *
 * @throws {ChatError} 409 `ClientTokenReused`, 429 `TooManyStarts`, 503 when the same start is not finished in time,
 * or the database does not answer
 */
export async function beginStart(
  services: BeginningServices,
  principal: Pick<Principal, "subject" | "network">,
  repeatable: RepeatableStart | undefined,
  signal: AbortSignal,
): Promise<BegunStart | { readonly repeated: StartedChat }> {
  const { startRecords, clock } = services;
  if (repeatable === undefined) {
    // Refused before anything is written: it costs one call.
    await admitStart(services, principal);
    const record = newRecord(`start#${randomText()}`, clock.now());
    await startRecords.put(record, isFree(clock.now()));
    return { record, repeatable };
  }
  const claimed = await claim(services, repeatable, signal);
  if ("repeated" in claimed) return claimed;
  const { record } = claimed;
  try {
    await admitStart(services, principal);
  } catch (error) {
    // One that stays is in the way until it is due, and then forgotten. One that was taken over may have a contact at
    // Connect: its token stays.
    const undo = claimed.isTakenOver
      ? startRecords.update(record.pk, released(record.n, clock.now()))
      : startRecords.remove(record.pk, isAttempt(record.n));
    await undo.catch(() => undefined);
    throw error;
  }
  return { record, repeatable };
}

type Claimed =
  | (Pick<BegunStart, "record"> & { readonly isTakenOver: boolean })
  | { readonly repeated: StartedChat };

async function claim(
  services: BeginningServices,
  repeatable: RepeatableStart,
  signal: AbortSignal,
): Promise<Claimed> {
  for (const pause of pausesMs) {
    const claimed = await tryToClaim(services, repeatable);
    if (claimed !== undefined) return claimed;
    await services.clock.sleep(pause, signal).catch((cause: unknown) => {
      throw unavailable("no time left to wait for the same start", cause);
    });
  }
  const claimed = await tryToClaim(services, repeatable);
  if (claimed === undefined) throw unavailable("the same start was not finished in time");
  return claimed;
}

/** Undefined while the same start is under way elsewhere. */
async function tryToClaim(
  { clock, startRecords }: BeginningServices,
  repeatable: RepeatableStart,
): Promise<Claimed | undefined> {
  const now = clock.now();
  const record = newRecord(repeatable.key, now, repeatable);
  const found = await startRecords.put(record, isFree(now));
  if (found === undefined) return { record, isTakenOver: false };
  if (!repeatable.requestHash.equals(found.rh ?? Buffer.alloc(0))) throw reused();
  if (found.due === undefined) return { repeated: openAnswer(repeatable, found) };
  if (found.due > now || found.ci !== undefined) return undefined;
  const next = { ...record, u: found.u };
  const other = await startRecords.put(next, isAbandoned(found.n, now));
  return other === undefined ? { record: next, isTakenOver: true } : undefined;
}

function newRecord(pk: string, now: number, repeatable?: RepeatableStart): BegunStart["record"] {
  const n = randomText();
  return {
    pk,
    n,
    u: createHash("sha256").update(`connect-chat-bff|upstream|${pk}|${n}`).digest("base64url"),
    due: now + dueAfterMs,
    ...(repeatable && { rh: repeatable.requestHash, rx: now + repeatedForMs }),
    ttl: unfinishedTtl(now),
  };
}

function openAnswer({ sealingKey }: RepeatableStart, { pk, an = Buffer.alloc(0) }: StartRecord): StartedChat {
  return JSON.parse(open(sealingKey, an, answerPlace(pk)).toString()) as StartedChat;
}

/** 128 bits. */
function randomText(): string {
  return randomBytes(16).toString("base64url");
}

function reused(): ChatError {
  return new ChatError(
    "ConflictException",
    "ClientTokenReused",
    "This ClientToken belongs to another request. Use a new one.",
  );
}
