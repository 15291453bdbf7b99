import { createSecretKey, type KeyObject } from "node:crypto";
import type { Handle } from "./handle.ts";
import { connectionSecret, sealingKey, wrappingKey } from "./keys.ts";
import { open, type SealedPlace, seal } from "./sealing.ts";
import type { SessionItem } from "./session-item.ts";
import type { Ticket } from "./ticket.ts";

/** Connect's connection token with what the proxy must know of it. */
export interface ConnectionToken {
  readonly value: string;
  readonly version: number;
  /** Milliseconds since the epoch, as Connect advertised. */
  readonly expiresAt: number;
}

/** An admitted chat: its item, and the key that only the presented handle yields. Lives for one request. */
export interface Session {
  readonly item: SessionItem;
  readonly handle: Handle;
  /** Seals and opens the chat's Connect tokens. */
  readonly key: KeyObject;
  /** What opens one socket of ours; minted by the admission of a connection alone. */
  readonly ticket?: Ticket;
  /** Whether its admission counted a file in the chat's quota; set by the start of an upload alone. */
  readonly countedFile?: boolean;
}

/** Whether Connect streams the chat to us. */
export function isRelayed({ item }: Session): boolean {
  return item.sm === "r";
}

/**
 * What a handle opens its chat with: a participant handle the key of the tokens itself, a connection handle the
 * wrapping of it.
 */
export function unlockingKey({ kind, secret }: Handle): KeyObject {
  return kind === "participant" ? sealingKey(secret) : wrappingKey(secret);
}

/**
 * Joins an item with the handle that was admitted to it.
 *
 * @param unlocking the handle's {@link unlockingKey}, where it was derived before
 * @throws {SealBrokenError} when the wrapped key was damaged or moved
 */
export function openSession(item: SessionItem, handle: Handle, unlocking = unlockingKey(handle)): Session {
  if (handle.kind === "participant") return { item, handle, key: unlocking };
  const key = open(unlocking, item.wc ?? new Uint8Array(), keyPlace(item.pk, item.g));
  return { item, handle, key: createSecretKey(key) };
}

/** What generation `generation` of the connection handle adds to the item. */
export function generationOf(
  pk: string,
  participantSecret: Buffer,
  generation: number,
): { readonly secret: Buffer; readonly wc: Buffer } {
  const secret = connectionSecret(participantSecret, generation);
  const wc = seal(wrappingKey(secret), sealingKey(participantSecret).export(), keyPlace(pk, generation));
  return { secret, wc };
}

/** Seals Connect's participant token for the item `pk`. */
export function sealParticipantToken(key: KeyObject, pk: string, token: string): Buffer {
  return seal(key, Buffer.from(token), participantPlace(pk));
}

/** Opens Connect's participant token. @throws {SealBrokenError} when it was damaged or moved */
export function openParticipantToken({ item, key }: Session): string {
  return open(key, item.pt ?? new Uint8Array(), participantPlace(item.pk)).toString();
}

/** Seals version `version` of Connect's connection token for the item `pk`. */
export function sealConnectionToken(key: KeyObject, pk: string, version: number, token: string): Buffer {
  return seal(key, Buffer.from(token), connectionPlace(pk, version));
}

/** Opens Connect's connection token, if there is one yet. @throws {SealBrokenError} when it was damaged or moved */
export function openConnectionToken({ item, key }: Session): ConnectionToken | undefined {
  const { ct, cx, cv: version, pk } = item;
  if (ct === undefined || cx === undefined) return undefined;
  return { value: open(key, ct, connectionPlace(pk, version)).toString(), version, expiresAt: cx };
}

function keyPlace(pk: string, generation: number): SealedPlace {
  return { pk, kind: "sealing-key", version: generation };
}

function participantPlace(pk: string): SealedPlace {
  return { pk, kind: "participant-token", version: 0 };
}

function connectionPlace(pk: string, version: number): SealedPlace {
  return { pk, kind: "connection-token", version };
}
