import type { ClaimedType } from "../claim.ts";
import type { FileTypeName } from "../file-types.ts";
import { active, damaged, mismatch } from "./refusals.ts";

/** The stream that makes a compound file a document of its program (MS-DOC 2.1, MS-XLS 2.1, MS-PPT 2.1). */
const mainStreams: Readonly<Partial<Record<FileTypeName, readonly string[]>>> = {
  doc: ["WordDocument"],
  xls: ["Workbook", "Book"],
  ppt: ["PowerPoint Document"],
};

/** Names of storages and streams that hold programs or foreign objects. */
const activeNames = [
  "_VBA_PROJECT",
  "_VBA_PROJECT_CUR",
  "Macros",
  "VBA",
  "Ole10Native",
  "ObjectPool",
  "MBD0",
];

/**
 * A document of Office 97 to 2003, known by the names in its directory. Macros and embedded objects are refused where those
 * names tell; Excel's oldest macros and PowerPoint's have none of their own, which is why these types are off by default.
 *
 * @throws {ChatError} 400 `AttachmentTypeMismatch`, `AttachmentDamaged` or `AttachmentActiveContent`
 */
export function inspectCompoundFile(bytes: Buffer, { typeName }: ClaimedType): void {
  const sectorBytes = 2 ** bytes.readUInt16LE(30);
  if (bytes.readUInt16LE(28) !== 0xfffe || ![512, 4096].includes(sectorBytes)) throw damaged();
  if (bytes.length < 3 * sectorBytes || bytes.length % 512 !== 0) throw damaged();
  if (!mainStreams[typeName]?.some((name) => hasEntry(bytes, name))) throw mismatch();
  if (activeNames.some((name) => hasEntry(bytes, name))) throw active("macros or embedded objects");
}

/** Whether the directory may have an entry of this name: UTF-16 with its end, at an offset that entries can have. */
function hasEntry(bytes: Buffer, name: string): boolean {
  const wanted = Buffer.from(name === "MBD0" ? name : `${name}\0`, "utf16le");
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 2)) {
    // Some names begin with a control character, such as \u0001Ole10Native.
    if (at % 128 === 0 || at % 128 === 2) return true;
  }
  return false;
}
