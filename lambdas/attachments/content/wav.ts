import { refuseForeignPart, refuseSecondFormat } from "./foreign.ts";
import { damaged } from "./refusals.ts";

/** More parts than recorders write. */
const maxChunks = 1_000;

/**
 * A recording: chunks of RIFF that fill the file, with its format and its samples.
 *
 * @throws {ChatError} 400 `AttachmentDamaged` or `AttachmentAmbiguous`
 */
export function inspectWav(bytes: Buffer): void {
  if (bytes.readUInt32LE(4) + 8 !== bytes.length) throw damaged();
  const types: string[] = [];
  let position = 12;
  while (position < bytes.length && types.length < maxChunks) {
    const type = bytes.toString("latin1", position, position + 4);
    const end = position + 8 + bytes.readUInt32LE(position + 4);
    if (end > bytes.length) throw damaged();
    if (type !== "data") refuseForeignPart(bytes.subarray(position + 8, end));
    types.push(type);
    // Chunks begin at even offsets; some recorders leave the last byte out.
    position = end + (end % 2);
  }
  if (position < bytes.length || !types.includes("fmt ") || !types.includes("data")) throw damaged();
  refuseSecondFormat(bytes);
}
