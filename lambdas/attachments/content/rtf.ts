import { active, ambiguous, damaged, mismatch } from "./refusals.ts";

/** Words of RTF that embed or fetch what may run. Readers accept them in any case. */
const activeWords =
  /\\(?:obj(?:data|ocx|update|autlink|link|emb)|object|(?:\*\\)?template|ddeauto|dde|field\s{0,9}\{\\\*\\fldinst[^}]{0,64}dde)/i;

/**
 * A rich text: one group from the first byte to the last, nothing but its own 7 or 8 bits, no embedded objects.
 *
 * @throws {ChatError} 400 `AttachmentTypeMismatch`, `AttachmentDamaged`, `AttachmentAmbiguous` or `AttachmentActiveContent`
 */
export function inspectRtf(bytes: Buffer): void {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) <= 0x20) end -= 1;
  const text = bytes.toString("latin1", 0, end);
  if (!/^\{\\rtf1?(?![a-z])/.test(text) || text.includes("\0")) throw mismatch();
  if (!text.endsWith("}")) throw text.includes("}") ? ambiguous() : damaged();
  if (activeWords.test(text)) throw active("embedded objects or remote parts");
}
