import { active } from "./refusals.ts";
import { inspectText } from "./text.ts";

/** Functions of spreadsheets that reach out of the sheet, with the sign or bracket that makes them part of a formula. */
const outwardCall =
  /[=+\-@(*/&^,;<>{%:]\s{0,8}(?:_xl\w{1,6}\.){0,3}(?:webservice|hyperlink|filterxml|import(?:xml|html|data|feed|range)|image|rtd|call|register(?:\.id)?|exec|dde)\s{0,8}\(/i;

/** A link to a running program, or to one that is then started: `=cmd|'/C calc'!A0` (OWASP, CSV Injection). */
const dynamicExchange =
  /[=+\-@(*/&^,;]\s{0,8}[A-Za-z][\w.]{0,64}\|\s{0,3}(?:'[^'\r\n]{0,512}'|[^'"|,;!\r\n]{1,128})!/;

/**
 * A text as {@link inspectText} has it, without the formulas that call programs or addresses when a spreadsheet opens it.
 * Other cells that begin with `=`, `+`, `-` or `@` pass: telephone numbers and amounts do, and a visitor's own sums are
 * harmless.
 *
 * @throws {ChatError} 400 as inspectText, and `AttachmentActiveContent`
 */
export function inspectCsv(bytes: Buffer): void {
  inspectText(bytes);
  const text = bytes.toString("latin1");
  if (outwardCall.test(text) || dynamicExchange.test(text))
    throw active("formulas that call programs or addresses");
}
