import { damaged, expands } from "./refusals.ts";

/** 250 megapixels: a fifth more than the largest camera of a phone, a gigabyte when unpacked. */
const maxPixels = 250_000_000;

/**
 * Refuses a picture whose dimensions alone would fill the memory of whoever looks at it.
 *
 * @throws {ChatError} 400 `AttachmentExpandsTooMuch`, or `AttachmentDamaged` for a side of no pixels
 */
export function refuseHugePicture(width: number, height: number): void {
  if (width === 0 || height === 0) throw damaged();
  if (width * height > maxPixels) throw expands();
}
