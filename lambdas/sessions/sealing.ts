import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";

/** AES-256-GCM with a 96-bit random nonce (NIST SP 800-38D §8.2.2): one key seals a handful of values in its life. */
const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Where a sealed value belongs: bound into it, so that it opens nowhere else. */
export interface SealedPlace {
  /** The item's key. */
  readonly pk: string;
  readonly kind: "participant-token" | "connection-token" | "sealing-key" | "start-answer";
  /** Token version, or handle generation for a wrapped key. */
  readonly version: number;
}

/** A stored value did not open: it was damaged, or moved from another place. Carries nothing of the value. */
export class SealBrokenError extends Error {
  override readonly name = "SealBrokenError";
}

/** Seals `plain`: nonce, ciphertext and tag in one buffer. */
export function seal(key: KeyObject, plain: Buffer, place: SealedPlace): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(encodePlace(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens what {@link seal} made for this very place.
 *
 * @throws {SealBrokenError} for any other bytes, key or place
 */
export function open(key: KeyObject, sealed: Uint8Array, place: SealedPlace): Buffer {
  try {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const tagStart = bytes.length - tagBytes;
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(encodePlace(place));
    decipher.setAuthTag(bytes.subarray(tagStart));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, tagStart)), decipher.final()]);
  } catch {
    throw new SealBrokenError(`${place.kind} of ${place.pk}, version ${place.version}`);
  }
}

function encodePlace(place: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([place.pk, place.kind, place.version]));
}
