import { StringDecoder } from "node:string_decoder";
import { active } from "./refusals.ts";
import { inspectText } from "./text.ts";

/** Longest formula that a spreadsheet takes, in characters (Excel specifications and limits: 8,192). */
const longestFormula = 8_192;

/** Looked at in pieces, because a text without its white space is another text: of twenty megabytes two would be held. */
const pieceBytes = 256 * 1024;

/** A call of a function that reaches out of the sheet. */
const outwardCall =
  "(?:_xl\\w{1,6}\\.){0,3}(?:webservice|hyperlink|filterxml|import(?:xml|html|data|feed|range)|image|rtd|call|register(?:\\.id)?|exec|dde)\\n?\\(";

/** A link to a running program, or to one that is then started: `=cmd|'/C calc'!A0` (OWASP, CSV Injection). */
const dynamicExchange = `['"]{0,2}[\\p{L}_][\\p{L}\\w.]{0,255}['"]{0,2}\\n?\\|\\n?(?:['"]{1,2}[^'"]{0,${longestFormula}}['"]{1,2}|[^'"|,;!\\n]{1,${longestFormula}})!`;

const outward = `(?:${outwardCall}|${dynamicExchange})`;

/**
 * What matters of a table without its white space: where cells begin as formulas do, where rows end, and what reaches
 * out, right behind an equals sign or behind whatever else may stand before it in a formula.
 */
const tokens = new RegExp(
  `(?<inQuotes>(?<=")[=+\\-@])|(?<inRow>(?<![^\\n,;|'])[=+\\-@])|(?<end>\\n)|(?<formula>(?<==\\n?)${outward})|(?<inside>(?<=[+\\-@(*/&^,;<>{%:]\\n?)${outward})`,
  "giu",
);

/**
 * A text as {@link inspectText} has it, without the formulas that call programs or addresses when a spreadsheet opens
 * it. Other cells that begin with `=`, `+`, `-` or `@` pass: telephone numbers and amounts do, and a visitor's own
 * sums are harmless. Whatever the separator, because it is the reader's choice: a formula goes on to the end of its
 * row, or of its quotes.
 *
 * @throws {ChatError} 400 as inspectText, and `AttachmentActiveContent`
 */
export function inspectCsv(bytes: Buffer): void {
  inspectText(bytes);
  if (isSymbolicLink(bytes) || reachesOut(bytes)) throw active("formulas that call programs or addresses");
}

function reachesOut(bytes: Buffer): boolean {
  let carried = "";
  for (const piece of pieces(bytes)) {
    const text = carried + piece;
    if (hasOutwardFormula(text)) return true;
    // What a formula is and what it calls are in one text then.
    carried = text.slice(-2 * longestFormula);
  }
  return false;
}

function hasOutwardFormula(text: string): boolean {
  let quotesEnd = 0;
  let rowEnd = 0;
  for (const { groups = {}, index } of text.matchAll(tokens)) {
    if (groups["inQuotes"]) quotesEnd = index + longestFormula;
    else if (groups["inRow"]) rowEnd = index + longestFormula;
    else if (groups["end"]) rowEnd = 0;
    else if (groups["formula"] || index < Math.max(quotesEnd, rowEnd)) return true;
  }
  return false;
}

/**
 * The text as spreadsheets may take it: wide letters and signs as the narrow ones, no white space and nothing
 * invisible; row ends stay, and tabs as a separator.
 */
function* pieces(bytes: Buffer): Generator<string> {
  const decoder = new StringDecoder("utf8");
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    yield decoder
      .write(bytes.subarray(start, start + pieceBytes))
      .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
      .replace(/[\s\p{Cc}\p{Cf}]+/gu, (gap) => (/[\n\r]/.test(gap) ? "\n" : gap.includes("\t") ? ";" : ""));
  }
}

/**
 * Excel takes what begins with `ID` for its Symbolic Link format whatever the file's name says; there cells have
 * formulas as `E…`, macros of old among them.
 */
function isSymbolicLink(bytes: Buffer): boolean {
  return (
    /^\uFEFF?ID;P/i.test(bytes.toString("utf8", 0, 16)) &&
    /^(?:C|NN)(?:;[^\r\n]*)?;E/im.test(bytes.toString("latin1"))
  );
}
