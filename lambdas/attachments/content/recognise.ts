import type { FileTypeResult } from "file-type";
import type { ClaimedType } from "../claim.ts";
import type { Proof } from "../file-types.ts";
import { encrypted, mismatch } from "./refusals.ts";

/** What file-type needs to see of a file (its own `reasonableDetectionSizeInBytes`); more would let it unpack archives. */
const sampleBytes = 4100;

const compoundFile = Buffer.from("d0cf11e0a1b11ae1", "hex");

/** What file-type calls the files that a proof is about. Text and Office have no entry: their own inspection decides. */
const recognisedAs: Readonly<Partial<Record<Proof, readonly string[]>>> = {
  "compound-file": ["cfb"],
  heic: ["heic"],
  jpeg: ["jpg"],
  mp4: ["mp4", "m4v", "m4a"],
  pdf: ["pdf"],
  png: ["png", "apng"],
  quicktime: ["mov"],
  rtf: ["rtf"],
  wav: ["wav"],
};

/**
 * Asks a library that knows hundreds of formats what the bytes are, and refuses those that are not what they claim.
 *
 * @throws {ChatError} 400 `AttachmentTypeMismatch`; `AttachmentEncrypted` for an Office file with a password, which is a
 * compound file
 */
export async function recognise(bytes: Buffer, { proof }: ClaimedType): Promise<void> {
  const expected = recognisedAs[proof];
  if (proof === "office" && bytes.subarray(0, 8).equals(compoundFile)) throw encrypted();
  if (!expected) return;
  const found = await detect(bytes.subarray(0, sampleBytes));
  if (!found || !expected.includes(found.ext)) throw mismatch();
}

/**
 * The library throws on some malformed files: nothing recognised, then. Loaded with the first file, not with the
 * function: most cold starts see none.
 */
async function detect(sample: Buffer): Promise<FileTypeResult | undefined> {
  const { fileTypeFromBuffer } = await import("file-type");
  try {
    return await fileTypeFromBuffer(sample);
  } catch {
    return undefined;
  }
}
