import { isUtf8 } from "node:buffer";
import { ambiguous, damaged } from "./refusals.ts";

/** Attributes of one element, by name. */
export type Attributes = Readonly<Record<string, string>>;

const attribute = /(?<![\w.:-])([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const reference = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi;
const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * Reads every element of one name from the small flat XML of a package, without a parser: UTF-8 only, and no declarations,
 * which packages must not have (ECMA-376 part 2, 7.2.3) and which could give a text another meaning.
 *
 * @throws {ChatError} 400 `AttachmentDamaged` or `AttachmentAmbiguous`
 */
export function readElements(xml: Buffer, name: string): readonly Attributes[] {
  if (!isUtf8(xml)) throw damaged();
  const text = xml.toString("utf8");
  if (/<!(?!--)/.test(text) || !/^\uFEFF?\s*</.test(text)) throw ambiguous();
  const encoding = /^\uFEFF?\s*<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([^"']{0,40})/i.exec(text)?.[1];
  if (encoding !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(encoding)) throw ambiguous();
  const element = new RegExp(
    `<(?:[\\w.-]{1,64}:)?${name}(?=[\\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)(>?)`,
    "g",
  );
  return [...text.matchAll(element)].map(([, content = "", end]) => {
    if (!end) throw damaged();
    return readAttributes(content);
  });
}

function readAttributes(content: string): Attributes {
  return Object.fromEntries(
    [...content.matchAll(attribute)].map(([, name = "", double, single]) => [
      name,
      decode(double ?? single ?? ""),
    ]),
  );
}

function decode(value: string): string {
  return value.replace(reference, (_whole, name?: string, decimal?: string, hex?: string) => {
    if (name) return named[name.toLowerCase()] ?? "";
    const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? "", 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}
