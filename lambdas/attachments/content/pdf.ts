import { refuseSecondFormat } from "./foreign.ts";
import { active, ambiguous, damaged, mismatch } from "./refusals.ts";

/** Where the end of a PDF must be announced, counted from its end, in bytes. */
const tailBytes = 2048;

/**
 * A PDF from its first byte to its last: the header at once, `startxref` and `%%EOF` at the end, and behind that only white
 * space. An action that starts a program is refused where it stands in the clear; what is compressed or encrypted is for a
 * scanner, and so are scripts, which forms use and readers confine.
 *
 * @throws {ChatError} 400 `AttachmentTypeMismatch`, `AttachmentDamaged`, `AttachmentAmbiguous` or `AttachmentActiveContent`
 */
export function inspectPdf(bytes: Buffer): void {
  if (!/^%PDF-[12]\.\d[\s%]/.test(bytes.toString("latin1", 0, 9))) throw mismatch();
  const tail = bytes.toString("latin1", Math.max(0, bytes.length - tailBytes));
  const end = tail.lastIndexOf("%%EOF");
  if (end < 0 || tail.lastIndexOf("startxref", end) < 0) throw damaged();
  if (/[^\s\0]/.test(tail.slice(end + 5))) throw ambiguous();
  refuseSecondFormat(bytes, true);
  for (let at = bytes.indexOf("/Launch"); at >= 0; at = bytes.indexOf("/Launch", at + 7)) {
    if (!/[A-Za-z0-9]/.test(String.fromCharCode(bytes[at + 7] ?? 0)))
      throw active("an action that starts a program");
  }
}
