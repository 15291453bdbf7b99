import { isUtf8 } from "node:buffer";
import { ChatError } from "../../errors.ts";
import { ambiguous, damaged } from "./refusals.ts";

/** Attributes of one element, by name; none of another namespace. */
export type Attributes = Readonly<Record<string, string>>;

/** Elements inside elements, and attributes of one: the lists of a package have two and four. */
const maxDepth = 32;
const maxAttributes = 64;

/**
 * Reads the elements of some names from the small flat XML of a package: children of the root, in its namespace. One
 * anywhere else is refused, because programs could disagree about it. UTF-8 only, and no declarations, which packages
 * must not have (ECMA-376 part 2, 7.2.3) and which could give a text another meaning.
 *
 * @param names without a prefix
 * @throws {ChatError} 400 `AttachmentDamaged` or `AttachmentAmbiguous`
 */
export async function readElements<Name extends string>(
  xml: Buffer,
  ...names: readonly Name[]
): Promise<Readonly<Record<Name, readonly Attributes[]>>> {
  if (!isUtf8(xml)) throw damaged();
  // Loaded with the first package, not with the function.
  const { SaxesParser } = await import("saxes");
  const found = Object.fromEntries(names.map((name) => [name, [] as Attributes[]])) as Record<
    Name,
    Attributes[]
  >;
  const parser = new SaxesParser({ xmlns: true });
  let root: string | undefined;
  let depth = 0;
  let attributes = 0;
  parser.on("doctype", refuse);
  parser.on("xmldecl", ({ encoding = "utf-8" }) => {
    if (!/^utf-?8$/i.test(encoding)) refuse();
  });
  parser.on("opentagstart", () => {
    attributes = 0;
    if (++depth > maxDepth) refuse();
  });
  parser.on("attribute", () => {
    if (++attributes > maxAttributes) refuse();
  });
  parser.on("closetag", () => {
    depth--;
  });
  parser.on("opentag", ({ local, uri, attributes: given }) => {
    root ??= uri;
    const name = names.find((each) => each === local);
    if (name === undefined) return;
    if (depth !== 2 || uri !== root) refuse();
    const own = Object.values(given).filter(({ prefix }) => prefix === "");
    found[name].push(Object.fromEntries(own.map((attribute) => [attribute.local, attribute.value])));
  });
  try {
    parser.write(xml.toString("utf8")).close();
  } catch (error) {
    throw error instanceof ChatError ? error : damaged();
  }
  return found;
}

function refuse(): never {
  throw ambiguous();
}
