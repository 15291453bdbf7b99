/**
 * Separators that spreadsheets take, by their place in the world or because they guess; LibreOffice takes several at
 * once.
 */
const separators = [",", ";", "\t", "|", "\u061B", "\u060C", ",;\t"];

/**
 * When quotes hold a cell together: at its very beginning (Excel, RFC 4180), until one that a separator follows
 * (LibreOffice), behind blanks as well, or never. A reader of another kind would find other cells, and in them other
 * formulas.
 */
const quotings = ["at once", "until a separator", "behind blanks", "never"] as const;
type Quoting = (typeof quotings)[number];

/**
 * Longest formula that any spreadsheet takes, in characters (Google Sheets: 50,000), with quotes that are written
 * twice.
 */
const longestFormula = 128 * 1024;

/** Shortest formula that reaches out, in characters: `=a|b!c`. */
const shortestFormula = 6;

/** Whether a cell may be a formula, by its first characters: a sign behind what is not seen, or nothing but that. */
const beginning = /^["'\s\p{Cc}\p{Cf}]*(?:[=+\-@＝＋－＠＂＇]|$)/u;

const pieceLength = 64 * 1024;

/** Characters without which nothing reaches out of a cell: calls, links, addresses. */
const reaching = /[(|[']/;

const blank = /[^\S\r\n]|\p{Cf}|(?![\r\n])\p{Cc}/u;

/**
 * The cells of a table that a spreadsheet may take for formulas, in whatever way it reads the table: as it takes
 * them, without white space and anything invisible, wide letters and signs as narrow ones. Those in which nothing
 * could reach out are left out. One may come several times.
 */
export function* formulaCells(text: string): Generator<string> {
  const kinds: readonly Quoting[] = text.includes('"') ? quotings : ["never"];
  for (const [characters, isLikely] of separatorsIn(text)) {
    const separator = separatorOf(characters);
    for (const quoting of kinds) {
      // With one that is no separator of the table, quotes would hold many of its cells together.
      if (quoting !== "until a separator" || isLikely) yield* cellsOf(text, separator, quoting);
    }
  }
}

/**
 * Those that make a difference: of a separator that the text has not, nothing is left, and rows are cells. And
 * whether a reader is likely to take them.
 */
function separatorsIn(text: string): ReadonlyMap<string, boolean> {
  const [, own = ""] = /^\uFEFF?"?sep=([^\r\n])/i.exec(text) ?? [];
  const found = new Map<string, boolean>();
  for (const characters of [...separators, own]) {
    const there = [...characters].filter((character) => text.includes(character)).join("");
    const isLikely = there !== "" && [",", ",;\t", own].includes(characters);
    found.set(there, isLikely || found.get(there) === true);
  }
  return found;
}

/** What ends a cell, as a search that goes on from where it is told; and as what a character is compared with. */
interface Separator {
  readonly characters: string;
  readonly end: RegExp;
}

function separatorOf(characters: string): Separator {
  return { characters, end: new RegExp(`[\\n\\r${characters.replace(/[\\\]^-]/g, "\\$&")}]`, "g") };
}

function* cellsOf(text: string, separator: Separator, quoting: Quoting): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const cell = readCell(text, at, separator, quoting);
    const formula = formulaIn(text, cell, quoting);
    if (formula !== undefined) yield formula;
    at = cell.end + 1;
  }
}

/** Where a cell's content begins and ends; `closing` is the place of its closing quote. */
interface Cell {
  readonly start: number;
  readonly closing: number | undefined;
  readonly end: number;
}

function readCell(text: string, at: number, separator: Separator, quoting: Quoting): Cell {
  const isStrict = quoting === "at once" || quoting === "until a separator";
  const start = isStrict ? at : afterBlanks(text, at, separator);
  if (quoting === "never" || text[start] !== '"') {
    return { start, closing: undefined, end: endOfCell(text, start, separator) };
  }
  const closing = closingQuote(text, start + 1, quoting === "until a separator" ? separator : undefined);
  return { start: start + 1, closing, end: endOfCell(text, closing, separator) };
}

function formulaIn(text: string, { start, closing, end }: Cell, quoting: Quoting): string | undefined {
  if (end - start < shortestFormula || !beginning.test(text.slice(start, start + 64))) return undefined;
  // What is behind the closing quote belongs to the cell as it is: `"=WEB"SERVICE(` is one name.
  const taken =
    closing === undefined
      ? asTaken(text, start, end)
      : (asTaken(text, start, closing) + asTaken(text, closing + 1, end)).replaceAll('""', '"');
  // Where quotes hold nothing together, they are around the cells of another reading.
  const plain = quoting === "never" ? taken.replaceAll('"', "") : taken;
  const [, formula] = /^["']*([=+\-@].*)$/s.exec(plain) ?? [];
  return formula !== undefined && reaching.test(formula) ? formula : undefined;
}

function afterBlanks(text: string, from: number, { characters }: Separator): number {
  let at = from;
  while (at < text.length && !isVisible(text.charCodeAt(at))) {
    const character = text[at] ?? "";
    if (characters.includes(character) || !blank.test(character)) break;
    at++;
  }
  return at;
}

/** Of ASCII: what most cells begin with. */
function isVisible(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** Where the quotes end: a quote that is written twice is one of the cell. */
function closingQuote(text: string, from: number, before?: Separator): number {
  for (let at = from; ; at++) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    const next = text[at + 1];
    if (next === '"') at++;
    else if (!before || next === undefined || `\r\n ${before.characters}`.includes(next)) return at;
  }
}

function endOfCell(text: string, from: number, { end }: Separator): number {
  end.lastIndex = from;
  return end.test(text) ? end.lastIndex - 1 : text.length;
}

/** A part of the text, in pieces: of a cell of twenty megabytes no more is made than a formula may have. */
function asTaken(text: string, start: number, end: number): string {
  let taken = "";
  for (let at = start; at < end && taken.length < longestFormula; at += pieceLength) {
    taken += text
      .slice(at, Math.min(end, at + pieceLength))
      .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
      .replace(/[\s\p{Cc}\p{Cf}]+/gu, "");
  }
  return taken;
}
