import type { Entry } from "yauzl";
import { ambiguous, damaged } from "./refusals.ts";

/** A local header without its name and extra field, in bytes (APPNOTE 4.3.7). */
const headerBytes = 30;

/**
 * Lays the entries side by side: each header repeats what the directory says, each entry begins where the one before ended,
 * the first at 0, and the directory follows the last. So no two share their data (Fifield's bombs do), and nothing hides.
 *
 * @throws {ChatError} 400 `AttachmentDamaged` or `AttachmentAmbiguous`
 */
export function requireUnbrokenEntries(
  bytes: Buffer,
  entries: readonly Entry[],
  directoryStart: number,
): void {
  let position = 0;
  const inOrder = entries.toSorted(
    (one, other) => one.relativeOffsetOfLocalHeader - other.relativeOffsetOfLocalHeader,
  );
  for (const entry of inOrder) {
    if (entry.relativeOffsetOfLocalHeader !== position) throw ambiguous();
    position = endOfEntry(bytes, entry, directoryStart);
  }
  if (position !== directoryStart) throw ambiguous();
}

function endOfEntry(bytes: Buffer, entry: Entry, directoryStart: number): number {
  const start = entry.relativeOffsetOfLocalHeader;
  if (start + headerBytes > directoryStart || bytes.readUInt32LE(start) !== 0x04034b50) throw damaged();
  const flags = bytes.readUInt16LE(start + 6);
  const nameLength = bytes.readUInt16LE(start + 26);
  const nameStart = start + headerBytes;
  const dataStart = nameStart + nameLength + bytes.readUInt16LE(start + 28);
  const streamed = (flags & 8) !== 0;
  if (
    flags !== entry.generalPurposeBitFlag ||
    bytes.readUInt16LE(start + 8) !== entry.compressionMethod ||
    !bytes.subarray(nameStart, nameStart + nameLength).equals(entry.fileNameRaw) ||
    !(sameSizes(bytes, start, entry) || (streamed && noSizes(bytes, start)))
  ) {
    throw ambiguous();
  }
  const dataEnd = dataStart + entry.compressedSize;
  if (dataEnd > directoryStart) throw damaged();
  return streamed ? endOfDescriptor(bytes, dataEnd, entry) : dataEnd;
}

/** Sum and sizes as in the directory; sizes of all ones stand in a zip64 field instead. */
function sameSizes(bytes: Buffer, start: number, entry: Entry): boolean {
  const packed = bytes.readUInt32LE(start + 18);
  const unpacked = bytes.readUInt32LE(start + 22);
  return (
    bytes.readUInt32LE(start + 14) === entry.crc32 &&
    (packed === entry.compressedSize || packed === 0xffffffff) &&
    (unpacked === entry.uncompressedSize || unpacked === 0xffffffff)
  );
}

/** A writer that streams does not know them yet (bit 3, APPNOTE 4.4.4). */
function noSizes(bytes: Buffer, start: number): boolean {
  return [14, 18, 22].every((at) => [0, 0xffffffff].includes(bytes.readUInt32LE(start + at)));
}

/** What a streaming writer says after the data: an optional signature, the sum, sizes of 4 or 8 bytes (APPNOTE 4.3.9). */
function endOfDescriptor(bytes: Buffer, dataEnd: number, entry: Entry): number {
  const signed = bytes.readUInt32LE(dataEnd) === 0x08074b50;
  const start = signed ? dataEnd + 4 : dataEnd;
  if (bytes.readUInt32LE(start) !== entry.crc32) throw ambiguous();
  if (bytes.readUInt32LE(start + 4) !== entry.compressedSize) throw ambiguous();
  if (bytes.readUInt32LE(start + 8) === entry.uncompressedSize) return start + 12;
  if (bytes.readUInt32LE(start + 12) === entry.uncompressedSize) return start + 20;
  throw ambiguous();
}
