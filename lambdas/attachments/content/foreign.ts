import { ambiguous } from "./refusals.ts";

const endOfDirectory = Buffer.from("PK\x05\x06", "latin1");
const directoryEntry = Buffer.from("PK\x01\x02", "latin1");

/** A zip's end record and the longest comment behind it (APPNOTE 4.3.16). */
const zipTailBytes = 22 + 65_535;

/** How far into a file readers of PDF look for its header (ISO 32000-1, implementation note 13 of Annex H). */
const pdfHeaderBytes = 1024;

/** Beginnings of what runs: ELF, Windows, Mach-O, Java, scripts, RAR, 7z, gzip. */
const programs = [
  "\x7fELF",
  "MZ",
  "\xfe\xed\xfa",
  "\xcf\xfa\xed\xfe",
  "\xca\xfe\xba\xbe",
  "#!",
  "Rar!",
  "7z\xbc\xaf",
  "\x1f\x8b\x08",
];

/** Markup a browser or a server would run: no picture needs it. Long enough not to occur in pixels by chance. */
const markup = /<(?:script|html|body|iframe|object|!doctype|\?php)[\s>/]/i;

/**
 * Refuses a file that is also a zip or a PDF: readers of either find it from the end, or within the first kilobyte,
 * whatever stands around it.
 *
 * @throws {ChatError} 400 `AttachmentAmbiguous`
 */
export function refuseSecondFormat(bytes: Buffer, ownPdfHeader = false): void {
  if (!ownPdfHeader && bytes.subarray(0, pdfHeaderBytes).includes("%PDF-")) throw ambiguous();
  const tail = bytes.subarray(Math.max(0, bytes.length - zipTailBytes));
  for (let at = tail.indexOf(endOfDirectory); at >= 0; at = tail.indexOf(endOfDirectory, at + 4)) {
    if (at + 22 <= tail.length && hasDirectory(bytes, bytes.length - tail.length + at)) throw ambiguous();
  }
}

/** Whether an end record has a directory: right before it, where it says, or none at all because the zip is empty. */
function hasDirectory(bytes: Buffer, end: number): boolean {
  const size = bytes.readUInt32LE(end + 12);
  const offset = bytes.readUInt32LE(end + 16);
  if (size === 0xffffffff || offset === 0xffffffff) return true;
  return [end - size, offset].some(
    (start) => start >= 0 && bytes.subarray(start, start + 4).equals(directoryEntry),
  );
}

/**
 * Refuses a part of a picture that carries markup, or begins as a program does. For parts that hold words or that
 * readers of the format skip, never for pixels.
 *
 * @throws {ChatError} 400 `AttachmentAmbiguous`
 */
export function refuseForeignPart(part: Buffer): void {
  const text = part.toString("latin1");
  if (programs.some((beginning) => text.startsWith(beginning)) || markup.test(text)) throw ambiguous();
}
