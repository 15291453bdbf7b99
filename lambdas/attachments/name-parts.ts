import { typeOfExtension } from "./file-types.ts";
import { riskyExtensions } from "./risky-extensions.ts";

/** Longest name: 255 UTF-16 units, what NTFS holds; always within the service model's 256 characters. */
export const maxNameLength = 255;

/** Dots, and what looks like one: each may end what a reader takes for the extension. */
export const dots = /[.\u2024\u3002\uFE52\uFF0E\uFF61]/u;

/** Characters no name on Windows may have, and those that separate paths or end a quoted header value. */
export const forbidden = /[<>:"|?*/\\]/gu;

/** Percent-encoding, which someone on the way may decode, and a header parameter of one's own. */
export const encodedTricks = /%[0-9A-Fa-f]{2}|;\s?filename\*?\s?=/giu;

/** A path's "parent folder". Three dots and more are an ellipsis. */
export const parentFolder = /(?<!\.)\.\.(?!\.)/gu;

const device = /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|COM[0-9]|LPT[0-9])$/iu;

/** Whether Windows takes a name for one of its devices, whatever its extension; superscript digits count as digits. */
export function isDevice(name: string): boolean {
  return device.test((name.split(dots, 1)[0] ?? "").normalize("NFKC").trim());
}

/** Whether a part between two dots is, as a reader takes it, an extension of a file: `exe`, `ＥＸＥ`, `php;`. */
export function isExtension(part: string): boolean {
  const plain = part
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+/u, "");
  const word = /^[\p{L}\p{N}-]*[\p{L}\p{N}]/u.exec(plain)?.[0] ?? "";
  const end = plain.slice(word.length);
  return /^[^\p{L}\p{N}]*$/u.test(end) && (riskyExtensions.has(word) || typeOfExtension(word) !== undefined);
}
