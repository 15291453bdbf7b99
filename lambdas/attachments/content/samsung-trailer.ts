/** More blocks than Samsung's cameras write. */
const maxBlocks = 100;

/**
 * Whether bytes behind a JPEG are the trailer of Samsung's cameras (SEF): named blocks, then `SEFH`, their directory, its
 * length and `SEFT`. Each entry of 12 bytes has a type, a distance back from `SEFH`, and a size (ExifTool, Samsung trailer
 * tags). The first block must be the first thing in the trailer.
 */
export function isSamsungTrailer(trailer: Buffer): boolean {
  if (trailer.length < 24 || trailer.toString("latin1", trailer.length - 4) !== "SEFT") return false;
  const directory = trailer.length - 8 - trailer.readUInt32LE(trailer.length - 8);
  if (directory < 0 || trailer.toString("latin1", directory, directory + 4) !== "SEFH") return false;
  const count = trailer.readUInt32LE(directory + 8);
  if (count === 0 || count > maxBlocks || directory + 12 + 12 * count !== trailer.length - 8) return false;
  let first = directory;
  for (let at = directory + 12; at < trailer.length - 8; at += 12) {
    const distance = trailer.readUInt32LE(at + 4);
    if (distance > directory || trailer.readUInt32LE(at + 8) > distance) return false;
    first = Math.min(first, directory - distance);
  }
  return first === 0;
}
