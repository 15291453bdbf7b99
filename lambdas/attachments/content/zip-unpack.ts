import { crc32 } from "node:zlib";
import type { Entry } from "yauzl";
import { damaged, expands } from "./refusals.ts";
import type { Zip } from "./zip-directory.ts";

/**
 * Reads a part to its end: the data must unpack to exactly the size and the sum that the directory states, because
 * directories can lie. Stops at the first byte too many.
 *
 * @returns the content, where `keepBytes` has room for it
 * @throws {ChatError} 400 `AttachmentDamaged`, or `AttachmentExpandsTooMuch` for a part to keep that is larger
 */
export async function unpack({ file }: Zip, entry: Entry, keepBytes: number): Promise<Buffer> {
  if (keepBytes > 0 && entry.uncompressedSize > keepBytes) throw expands();
  const kept: Buffer[] = [];
  let sum = 0;
  try {
    for await (const chunk of await file.openReadStreamPromise(entry)) {
      sum = crc32(chunk, sum);
      if (keepBytes > 0) kept.push(chunk);
    }
  } catch {
    throw damaged();
  }
  if (sum !== entry.crc32) throw damaged();
  return Buffer.concat(kept);
}
