import type { Entry, ZipFile } from "yauzl";
import { ambiguous, damaged, encrypted, expands } from "./refusals.ts";
import { requireUnbrokenEntries } from "./zip-layout.ts";

/** A zip whose directory can be believed, as far as a directory can. */
export interface Zip {
  readonly file: ZipFile;
  /** By name. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** All entries together, in bytes. */
  readonly unpackedBytes: number;
}

/** More parts than a large presentation has; each costs time. */
const maxEntries = 5_000;

/** Unpacked size of all parts together, in bytes: a large table of 20 MB unpacks to ten times that. */
export const maxUnpackedBytes = 200 * 1024 * 1024;

/** From here on the ratio counts, in unpacked bytes: small files of repeated words compress well. */
const freeUnpackedBytes = 16 * 1024 * 1024;

/** Unpacked bytes per packed byte. Office's own XML reaches 20 to 50, deflate at most 1,032. */
const maxRatio = 200;

/** An end record without comment (APPNOTE 4.3.16), and a zip64 record with its locator before it (4.3.14, 4.3.15). */
const endBytes = 22;
const zip64EndBytes = 76;

/**
 * Reads the directory of a zip, unpacks nothing, and refuses what readers could disagree about: data before, between or
 * behind the entries, names twice, headers that contradict the directory, a comment, paths that lead out.
 *
 * @throws {ChatError} 400 `AttachmentDamaged`, `AttachmentAmbiguous`, `AttachmentEncrypted` or `AttachmentExpandsTooMuch`
 */
export async function readZip(bytes: Buffer): Promise<Zip> {
  if (bytes.length < endBytes || bytes.readUInt32LE(bytes.length - endBytes) !== 0x06054b50) throw damaged();
  // Loaded with the first zip, not with the function.
  const { fromBufferPromise } = await import("yauzl");
  const file = await fromBufferPromise(bytes, { strictFileNames: true }).catch(() => undefined);
  if (!file) throw damaged();
  if (file.entryCount > maxEntries) throw expands();
  const entries = await readEntries(file);
  const unpackedBytes = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  refuseExpansion(unpackedBytes, bytes.length);
  const byName = new Map(entries.map((entry) => [entry.fileName, entry]));
  if (entries.some(hasTwoNames)) throw ambiguous();
  if (new Set(entries.map(({ fileName }) => fileName.toLowerCase())).size !== entries.length)
    throw ambiguous();
  requireUnbrokenEntries(bytes, entries, directoryStart(bytes, entries));
  return { file, entries: byName, unpackedBytes };
}

async function readEntries(file: ZipFile): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of file.eachEntry()) entries.push(entry);
  } catch (cause) {
    if (cause instanceof Error && cause.message.includes("encryption")) throw encrypted();
    throw damaged();
  }
  // Bit 0: encrypted; bit 13: the directory is (APPNOTE 4.4.4).
  if (entries.some(({ generalPurposeBitFlag }) => (generalPurposeBitFlag & 0x2001) !== 0)) throw encrypted();
  if (entries.some(({ compressionMethod }) => compressionMethod !== 0 && compressionMethod !== 8))
    throw damaged();
  return entries;
}

/** A second name in an extra field (Info-ZIP, 0x7075), or one that some readers cut off at a control. */
function hasTwoNames({ fileName, extraFields }: Entry): boolean {
  return /\p{Cc}/u.test(fileName) || extraFields.some(({ id }) => id === 0x7075);
}

function refuseExpansion(unpacked: number, packed: number): void {
  const tooDense = unpacked > freeUnpackedBytes && unpacked > packed * maxRatio;
  if (unpacked > maxUnpackedBytes || tooDense) throw expands();
}

/** Where the directory starts, by its own length; the end record must say the same. */
function directoryStart(bytes: Buffer, entries: readonly Entry[]): number {
  const end = bytes.length - endBytes;
  const zip64 = end >= zip64EndBytes && bytes.readUInt32LE(end - 20) === 0x07064b50;
  const length = entries.reduce(
    (sum, { fileNameLength, extraFieldLength, fileCommentLength }) =>
      sum + 46 + fileNameLength + extraFieldLength + fileCommentLength,
    0,
  );
  const directoryEnd = zip64 ? end - zip64EndBytes : end;
  const stated = zip64 ? Number(bytes.readBigUInt64LE(directoryEnd + 48)) : bytes.readUInt32LE(end + 16);
  if (zip64 && bytes.readUInt32LE(directoryEnd) !== 0x06064b50) throw damaged();
  if (directoryEnd - length !== stated) throw ambiguous();
  return stated;
}
