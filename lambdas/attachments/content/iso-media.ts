import { refuseForeignPart, refuseSecondFormat } from "./foreign.ts";
import { damaged, mismatch } from "./refusals.ts";

/** A box at the top of a file of the ISO base media format (ISO 14496-12, 4.2). Offsets in bytes. */
interface Box {
  readonly type: string;
  readonly content: Buffer;
}

/** More boxes than cameras write at the top of a file. */
const maxBoxes = 10_000;

/** Longest list of brands, in bytes: phones write ten of four letters. */
const maxBrandsBytes = 1_024;

/** Boxes whose content is compressed: a search in them finds only chance. */
const opaqueBoxes: ReadonlySet<string> = new Set(["mdat", "mpvd"]);

/** Brands of pictures in HEVC (ISO 23008-12, Annex B): not AVIF, which shares the container. */
const heicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"];

/**
 * A photo of a phone: whole boxes to the very end, a brand of HEVC, a description (`meta`) and content.
 *
 * @throws {ChatError} 400 `AttachmentTypeMismatch`, `AttachmentDamaged` or `AttachmentAmbiguous`
 */
export function inspectHeic(bytes: Buffer): void {
  const boxes = wholeBoxes(bytes);
  const list = boxes.find(({ type }) => type === "ftyp")?.content ?? Buffer.alloc(0);
  if (list.length > maxBrandsBytes) throw damaged();
  const brands = list.toString("latin1").match(/.{4}/gs) ?? [];
  if (!brands.some((brand) => heicBrands.includes(brand))) throw mismatch();
  requireBoxes(boxes, ["meta", "mdat"]);
}

/** A film as MP4. @throws {ChatError} as {@link inspectHeic} */
export function inspectMp4(bytes: Buffer): void {
  requireBoxes(wholeBoxes(bytes), ["ftyp", "moov", "mdat"]);
}

/** A film of QuickTime, whose old files have no `ftyp`. @throws {ChatError} as {@link inspectHeic} */
export function inspectQuickTime(bytes: Buffer): void {
  requireBoxes(wholeBoxes(bytes), ["moov", "mdat"]);
}

/** Whether bytes are a whole film, as phones put it behind the picture of a motion photo. */
export function isMovie(bytes: Buffer): boolean {
  const types = readBoxes(bytes)?.map(({ type }) => type);
  return types?.[0] === "ftyp" && types.includes("moov") && types.includes("mdat");
}

function wholeBoxes(bytes: Buffer): readonly Box[] {
  const boxes = readBoxes(bytes);
  if (!boxes) throw damaged();
  for (const { type, content } of boxes) if (!opaqueBoxes.has(type)) refuseForeignPart(content);
  refuseSecondFormat(bytes);
  return boxes;
}

function requireBoxes(boxes: readonly Box[], types: readonly string[]): void {
  if (!types.every((wanted) => boxes.some(({ type }) => type === wanted))) throw damaged();
}

/** The boxes, if they fill the bytes exactly. */
function readBoxes(bytes: Buffer): readonly Box[] | undefined {
  const boxes: Box[] = [];
  for (let position = 0; position < bytes.length; ) {
    const header = readHeader(bytes, position);
    if (!header || position + header.size > bytes.length || boxes.length >= maxBoxes) return undefined;
    boxes.push({
      type: header.type,
      content: bytes.subarray(position + header.length, position + header.size),
    });
    position += header.size;
  }
  return boxes;
}

/** A box's header: a size of 1 says that 64 bits follow, 0 that the box goes on to the end. */
function readHeader(bytes: Buffer, at: number): { type: string; length: number; size: number } | undefined {
  if (at + 8 > bytes.length) return undefined;
  const type = bytes.toString("latin1", at + 4, at + 8);
  const short = bytes.readUInt32BE(at);
  const long = short === 1;
  if (long && at + 16 > bytes.length) return undefined;
  const size = long ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? bytes.length - at : short;
  const length = long ? 16 : 8;
  return /^[ -~\xa9]{4}$/.test(type) && size >= length ? { type, length, size } : undefined;
}
