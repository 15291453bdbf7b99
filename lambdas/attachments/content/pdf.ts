import { refuseSecondFormat } from "./foreign.ts";
import { active, ambiguous, damaged, mismatch } from "./refusals.ts";

/** Where the end of a PDF must be announced, counted from its end, in bytes. */
const tailBytes = 2048;

/** The name `/Launch`, each letter as itself or as `#` and two hexadecimal digits (ISO 32000-1, 7.3.5). */
const launch = /\/(?:L|#4[Cc])(?:a|#61)(?:u|#75)(?:n|#6[Ee])(?:c|#63)(?:h|#68)(?![A-Za-z0-9])/;

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
  if (launch.test(bytes.toString("latin1"))) throw active("an action that starts a program");
}
