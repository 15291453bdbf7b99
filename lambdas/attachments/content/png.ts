import { crc32 } from "node:zlib";
import { refuseForeignPart, refuseSecondFormat } from "./foreign.ts";
import { refuseHugePicture } from "./picture-size.ts";
import { ambiguous, damaged } from "./refusals.ts";

/** The signature of a PNG, in bytes (W3C PNG, 5.2). */
const signatureBytes = 8;

/** More parts than encoders write for 20 MB; each costs time. */
const maxChunks = 50_000;

/** Parts that hold pixels, colours or compressed data: a search in them finds only chance. */
const numericChunks: ReadonlySet<string> = new Set(["IDAT", "fdAT", "PLTE", "tRNS", "hIST", "gAMA", "bKGD"]);

/**
 * Walks every chunk of a PNG: IHDR first, sums right, pixels present, and IEND at the very end. Bytes behind IEND, which
 * viewers ignore, are refused whatever they are.
 *
 * @throws {ChatError} 400 `AttachmentDamaged`, `AttachmentAmbiguous` or `AttachmentExpandsTooMuch`
 */
export function inspectPng(bytes: Buffer): void {
  let position = signatureBytes;
  let pixels = false;
  for (let count = 0; ; count += 1) {
    const length = bytes.readUInt32BE(position);
    const type = bytes.toString("latin1", position + 4, position + 8);
    const end = position + 12 + length;
    if (count > maxChunks || end > bytes.length || (count === 0) !== (type === "IHDR")) throw damaged();
    if (crc32(bytes.subarray(position + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) throw damaged();
    if (type === "IHDR") refuseHugePicture(bytes.readUInt32BE(16), bytes.readUInt32BE(20));
    pixels ||= type === "IDAT" && length > 0;
    if (!numericChunks.has(type)) refuseForeignPart(bytes.subarray(position + 8, end - 4));
    position = end;
    if (type === "IEND") break;
  }
  if (!pixels) throw damaged();
  if (position !== bytes.length) throw ambiguous();
  refuseSecondFormat(bytes);
}
