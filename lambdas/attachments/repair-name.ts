import { extensionOf } from "./claim.ts";
import { revealCharacters } from "./hidden-characters.ts";
import {
  dots,
  encodedTricks,
  forbidden,
  isDevice,
  isExtension,
  maxNameLength,
  parentFolder,
} from "./name-parts.ts";

/**
 * A name as close to the given one as the rules of names.ts allow: the last segment of a path, nothing hidden, `_` for what
 * is forbidden, one extension. Empty where no letter, digit or symbol would remain. The caller checks it again.
 */
export function repairName(name: string): string {
  const shown = revealCharacters(name.replace(/[\t\r\n]/gu, " ")).normalize("NFC");
  const lastSegment = shown.slice(Math.max(shown.lastIndexOf("/"), shown.lastIndexOf("\\")) + 1);
  const plain = lastSegment
    .replace(encodedTricks, "_")
    .replace(forbidden, "_")
    .replace(parentFolder, ".")
    .replace(/^[.~\s]+|[.\s]+$/gu, "");
  const extension = extensionOf(plain);
  const base = joinExtensions(plain.slice(0, Math.max(0, plain.length - extension.length - 1)));
  if (extension === "" || !/[\p{L}\p{N}\p{S}]/u.test(base)) return "";
  const free = isDevice(base) ? `_${base}` : base;
  return `${shorten(free, maxNameLength - extension.length - 1)}.${extension}`.normalize("NFC");
}

/** A base without extensions of its own: `invoice.exe` becomes `invoice_exe`. */
function joinExtensions(base: string): string {
  const [first = "", ...rest] = base.split(dots);
  let joined = first;
  for (const part of rest) joined += (isExtension(part) ? "_" : base[joined.length]) + part;
  return joined;
}

/** At most `max` UTF-16 units, without half of a character at the end. */
function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  let short = "";
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, max + 64))) {
    if (short.length + segment.length > max) break;
    short += segment;
  }
  return short.replace(/[.\s]+$/u, "");
}
