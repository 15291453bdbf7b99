import { refuseForeignPart, refuseSecondFormat } from "./foreign.ts";
import { isMovie } from "./iso-media.ts";
import { refuseHugePicture } from "./picture-size.ts";
import { ambiguous, damaged } from "./refusals.ts";
import { isSamsungTrailer } from "./samsung-trailer.ts";

/** More segments than cameras write. */
const maxSegments = 10_000;

/** Pictures in one file: a thumbnail, a depth map and a gain map make four (CIPA DC-007, Multi-Picture Format). */
const maxPictures = 16;

/**
 * Walks the segments of a JPEG to its end marker. Behind it phones put further pictures (Multi-Picture Format, Ultra
 * HDR), a film (motion photo) and Samsung's own trailer: those are accepted where they are whole, and nothing else
 * but padding.
 *
 * @throws {ChatError} 400 `AttachmentDamaged`, `AttachmentAmbiguous` or `AttachmentExpandsTooMuch`
 */
export function inspectJpeg(bytes: Buffer): void {
  let end = endOfPicture(bytes, 0);
  for (let pictures = 1; isPicture(bytes, skipPadding(bytes, end)); pictures += 1) {
    if (pictures >= maxPictures) throw ambiguous();
    end = endOfPicture(bytes, skipPadding(bytes, end));
  }
  inspectTrailer(bytes, end);
  refuseSecondFormat(bytes);
}

function isPicture(bytes: Buffer, start: number): boolean {
  return start + 2 < bytes.length && bytes.readUInt16BE(start) === 0xffd8;
}

/** What phones add may itself begin with up to three of the zeros that look like padding before it. */
function inspectTrailer(bytes: Buffer, end: number): void {
  const padded = skipPadding(bytes, end);
  if (padded === bytes.length) return;
  const starts = [end, ...[3, 2, 1, 0].map((zeros) => Math.max(end, padded - zeros))];
  const known = starts.some((start) => {
    const trailer = bytes.subarray(start);
    return isMovie(trailer) || isSamsungTrailer(trailer);
  });
  if (!known) throw ambiguous();
  refuseForeignPart(bytes.subarray(padded));
}

/** One marker and, but for the end marker, what belongs to it. */
interface Segment {
  readonly marker: number;
  readonly content: Buffer;
  /** Where the next begins. */
  readonly end: number;
}

/** Where the picture that starts at `start` ends. */
function endOfPicture(bytes: Buffer, start: number): number {
  let framed = false;
  let scanned = false;
  for (const { marker, content, end } of segments(bytes, start + 2)) {
    if (marker === 0xd9 && framed && scanned) return end;
    if (marker === 0xd9) throw damaged();
    if (isFrame(marker)) {
      refuseHugePicture(content.readUInt16BE(3), content.readUInt16BE(1));
      framed = true;
    }
    if (marker >= 0xe0) inspectApplication(marker, content);
    scanned ||= marker === 0xda;
  }
  throw damaged();
}

/** The segments of a picture, its end marker the last. */
function* segments(bytes: Buffer, start: number): Generator<Segment> {
  let position = start;
  for (let count = 0; count < maxSegments; count += 1) {
    if (bytes.readUInt8(position) !== 0xff) throw damaged();
    // A marker may have any number of FF before it.
    while (bytes.readUInt8(position + 1) === 0xff) position += 1;
    const marker = bytes.readUInt8(position + 1);
    if (marker === 0xd9) return yield { marker, content: bytes.subarray(0, 0), end: position + 2 };
    const end = position + 2 + bytes.readUInt16BE(position + 2);
    if (end > bytes.length || end < position + 4) throw damaged();
    const next = marker === 0xda ? endOfScan(bytes, end) : end;
    yield { marker, content: bytes.subarray(position + 4, end), end: next };
    position = next;
  }
}

/** Start-of-frame markers: C0 to CF without the tables (C4, C8, CC); ISO 10918-1, table B.1. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/**
 * Segments for applications and comments. A JFIF header of another length than its thumbnail's hides a program in
 * between.
 */
function inspectApplication(marker: number, content: Buffer): void {
  refuseForeignPart(content);
  if (marker !== 0xe0 || !content.subarray(0, 5).equals(Buffer.from("JFIF\0"))) return;
  if (content.length !== 14 + 3 * content.readUInt8(12) * content.readUInt8(13)) throw ambiguous();
}

/** Where the next marker stands: in pixels FF is followed by 00, or by a restart marker. */
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0 && at + 1 < bytes.length; ) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    at = next === 0xff ? at + 1 : bytes.indexOf(0xff, at + 2);
  }
  throw damaged();
}

/** Cameras fill up to a block with zeros, some end with a line break. */
function skipPadding(bytes: Buffer, start: number): number {
  let position = start;
  while (position < bytes.length && [0x00, 0x0a, 0x0d, 0x20].includes(bytes[position] ?? 1)) position += 1;
  return position;
}
