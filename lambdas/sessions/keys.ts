import { createSecretKey, hash, hkdfSync, type KeyObject, randomBytes } from "node:crypto";

/** Bytes of every secret and key here. */
const keyBytes = 32;
const noSalt = Buffer.alloc(0);

/** A new secret: 256 random bits. That of a participant handle is the root of everything one chat stores. */
export function newSecret(): Buffer {
  return randomBytes(keyBytes);
}

/**
 * The connection secret of one generation. Derived, so that every tab of a chat is given the same one and none
 * replaces another's; it does not lead back to the participant secret.
 */
export function connectionSecret(participantSecret: Buffer, generation: number): Buffer {
  return derive(participantSecret, `conn|${generation}`);
}

/** The key that seals the chat's Connect tokens at rest: never stored, known only while a handle is presented. */
export function sealingKey(participantSecret: Buffer): KeyObject {
  return createSecretKey(derive(participantSecret, "seal"));
}

/** The key that wraps the sealing key, so that a connection handle opens the tokens too. */
export function wrappingKey(secret: Buffer): KeyObject {
  return createSecretKey(derive(secret, "wrap"));
}

/**
 * What the table keeps of a secret. Plain SHA-256: 256 random bits cannot be guessed, so a slow hash would protect
 * nothing.
 */
export function hashSecret(secret: Buffer): Buffer {
  return hash("sha256", secret, "buffer");
}

/**
 * HKDF-SHA-256 (RFC 5869); no salt, because the input is uniformly random already (§3.1). From a KeyObject, as are
 * all ciphers here: Node.js 24 makes one of bytes by itself, and takes several times as long.
 */
function derive(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", createSecretKey(secret), noSalt, purpose, keyBytes));
}
