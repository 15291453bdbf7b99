import { formulaCells } from "./csv-cells.ts";
import { active } from "./refusals.ts";
import { inspectText } from "./text.ts";

/**
 * Functions that reach out of the sheet: those of Excel, with the names that it gives them in other languages, and
 * those of Google's. An address that stands in a formula is refused whatever function it is for.
 */
const outwardFunctions = [
  "webservice|webdienst|serviceweb|servicioweb|servizio\\.web|serviçoweb|webbtjänst|webtjeneste|nettjeneste|verkkopalvelu|вебслужба|webh[iİ]zmet[iİ]|webszolgáltatás",
  "hyperlink|lien_hypertexte|hiperv[ií]nculo|colleg\\.ipertestuale|hiperlink|hiperligação|hyperlänk|hyperlinkki|hyperkobling|гиперссылка|hiperłącze|hypertextový\\.odkaz|köprü|hiperhivatkozás",
  "image|bild|imagen|immagine|imagem|afbeelding|obraz|obrázek|billede|bilde|kuva|kép|res[iİ]m|görüntü|изображение",
  "call|aufrufen|llamar|richiama|chamar|fonction\\.appelante|register(?:\\.id)?|register\\.kennummer|registre\\.numero|id\\.registro|exec",
  "filterxml|xmlfiltern|filtre\\.xml|xmlfiltro|filtro\\.xml|rtd|dde|import(?:xml|html|data|feed|range|csv|text)",
].join("|");

const word = "[\\p{L}\\p{N}_]";
const outwardCall = new RegExp(`(?<!${word})(?:${outwardFunctions})\\(`, "iu");
const outwardName = new RegExp(`(?<!${word})(?:${outwardFunctions})(?!${word})`, "iu");

/** A link to a running program, or to one that is then started: `=cmd|'/C calc'!A0` (OWASP, CSV Injection). */
const dynamicExchange =
  /[\p{L}\p{N}_.'"]\|'|(?<=[\p{L}_][\p{L}\p{N}_.]{0,255}['"]?)\|[^|,;!]+![\p{L}\p{N}_$'"]/u;

/** A text in a formula that is an address: of the web or of a share. */
const address = /"[^"]*(?::\/\/|\\\\)/;

/** Another book in quotes or brackets; those of shares and of the web are fetched. */
const otherBook = /'([^']*)'[!#$.]|\[([^[\]]*)\][^!'"[\]]{0,255}!/g;

/**
 * A text as {@link inspectText} has it, without the formulas that call programs or addresses when a spreadsheet opens it.
 * Other cells that begin with `=`, `+`, `-` or `@` pass: telephone numbers and amounts do, and a visitor's own sums are
 * harmless.
 *
 * @throws {ChatError} 400 as inspectText, and `AttachmentActiveContent`
 */
export function inspectCsv(bytes: Buffer): void {
  inspectText(bytes);
  const text = bytes.toString("utf8");
  if (isSymbolicLink(text)) throw outward();
  for (const cell of formulaCells(text)) if (reachesOut(cell)) throw outward();
}

function outward() {
  return active("formulas that call programs or addresses");
}

function reachesOut(cell: string): boolean {
  if (cell.includes("|") && dynamicExchange.test(cell)) return true;
  // The end of the formula takes longer to find than what there is seldom.
  return namesOtherBook(cell) || (calls(cell) && calls(cell.slice(0, endOfFormula(cell))));
}

function calls(formula: string): boolean {
  if (outwardCall.test(formula) || (formula.startsWith("=") && outwardName.test(formula))) return true;
  return formula.includes("(") && address.test(formula);
}

function namesOtherBook(cell: string): boolean {
  return [...cell.replaceAll("''", "").matchAll(otherBook)].some(([, quoted, bracketed]) =>
    /\\\\|\/\/|file:/i.test(quoted ?? bracketed ?? ""),
  );
}

/** A separator outside of brackets and texts ends a formula: behind it are other cells, of a table with that separator. */
function endOfFormula(cell: string): number {
  let depth = 0;
  for (const { 0: mark, index } of cell.matchAll(/"[^"]*"|'[^']*'|[(){}[\],;]/g)) {
    if ("({[".includes(mark)) depth++;
    else if (")}]".includes(mark)) depth--;
    else if (depth <= 0 && (mark === "," || mark === ";")) return index;
  }
  return cell.length;
}

/**
 * Excel takes what begins with `ID` for its Symbolic Link format, whatever the file's name says. There records (`C`,
 * `NN`) have formulas as fields `E…`, macros of old among them.
 */
function isSymbolicLink(text: string): boolean {
  return /^\uFEFF?ID[;\r\n]/.test(text) && /^(?:C|NN);(?:[^\r\n]*;)?[^\S\r\n]*E[^;\r\n]*[(|!]/m.test(text);
}
