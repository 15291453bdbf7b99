import type { Entry } from "yauzl";
import type { ClaimedType } from "../claim.ts";
import {
  compact,
  inspectedInside,
  refuseActivePart,
  refuseActiveRelationship,
  refuseActiveType,
} from "./office-parts.ts";
import { type Attributes, readElements } from "./office-xml.ts";
import { ambiguous, damaged, expands, mismatch } from "./refusals.ts";
import { maxUnpackedBytes, readZip, type Zip } from "./zip-directory.ts";
import { unpack } from "./zip-unpack.ts";

/** Largest list of content types or relationships, in bytes; one with 10,000 links has 2 MB. */
const maxListBytes = 4 * 1024 * 1024;

/** What one file and those inside it may cost together: a presentation with a hundred charts stays far below. */
interface Budget {
  unpackedBytes: number;
  listBytes: number;
  entries: number;
}

/** Largest file inside a file, in bytes: the table behind a chart. */
const maxEmbeddedBytes = 10 * 1024 * 1024;

/** Tables behind charts have no charts with tables. */
const maxDepth = 1;

/** Content type of the part that makes a package a document of its kind (ECMA-376 part 1, 11.3.10, 12.3.23, 13.3.6). */
const openXml = "application/vnd.openxmlformats-officedocument";
const mainTypes: Readonly<Record<string, string>> = {
  docx: `${openXml}.wordprocessingml.document.main+xml`,
  xlsx: `${openXml}.spreadsheetml.sheet.main+xml`,
  pptx: `${openXml}.presentationml.presentation.main+xml`,
};

/**
 * A document of Office: the zip it claims, its kind in [Content_Types].xml and in the package's own relationship,
 * every part as large as stated, and nothing that runs. Tables embedded for charts are held to the same rules. Not
 * seen here: fields and formulas inside the text (Office asks before it follows them), for which there are scanners.
 *
 * @throws {ChatError} 400 `AttachmentTypeMismatch` or any other reason of refusals.ts
 */
export async function inspectOffice(
  bytes: Buffer,
  { typeName }: Pick<ClaimedType, "typeName">,
): Promise<void> {
  const budget = { unpackedBytes: maxUnpackedBytes, listBytes: 4 * maxListBytes, entries: 10_000 };
  await inspectPackage(bytes, typeName, 0, budget);
}

async function inspectPackage(bytes: Buffer, kind: string, depth: number, budget: Budget): Promise<void> {
  if (bytes.length < 4 || bytes.readUInt32LE(0) !== 0x04034b50) throw mismatch();
  const zip = await readZip(bytes);
  spend(budget, zip);
  const list = zip.entries.get("[Content_Types].xml");
  const root = zip.entries.get("_rels/.rels");
  if (!list || !root) throw mismatch();
  const { types, typeOf } = await contentTypes(await unpack(zip, list, maxListBytes), [
    ...zip.entries.keys(),
  ]);
  for (const type of types) refuseActiveType(type);
  for (const name of zip.entries.keys()) refuseActivePart(name);
  for (const entry of zip.entries.values()) await inspectPart(zip, entry, depth, budget);
  const main = mainPart(await readRelationships(zip, root));
  if (!zip.entries.has(main) || typeOf(main) !== mainTypes[kind]) throw mismatch();
}

/** Reads a part to its end, and into it where it can lead elsewhere. */
async function inspectPart(zip: Zip, entry: Entry, depth: number, budget: Budget): Promise<void> {
  const embedded = inspectedInside.exec(entry.fileName)?.[1];
  if (embedded) {
    if (depth >= maxDepth) throw expands();
    await inspectPackage(
      await unpack(zip, entry, maxEmbeddedBytes),
      embedded.toLowerCase(),
      depth + 1,
      budget,
    );
  } else if (isList(entry)) {
    for (const relationship of await readRelationships(zip, entry)) refuseActiveRelationship(relationship);
  } else {
    await unpack(zip, entry, 0);
  }
}

/** Takes what a package is about to cost. */
function spend(budget: Budget, { entries, unpackedBytes }: Zip): void {
  const lists = [...entries.values()].filter(isList);
  budget.unpackedBytes -= unpackedBytes;
  budget.listBytes -= lists.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  budget.entries -= entries.size;
  if (Math.min(budget.unpackedBytes, budget.listBytes, budget.entries) < 0) throw expands();
}

/** Whether a part lists relationships. */
function isList({ fileName }: Entry): boolean {
  return /\.rels$/i.test(fileName);
}

async function readRelationships(zip: Zip, list: Entry): Promise<readonly Attributes[]> {
  return (await readElements(await unpack(zip, list, maxListBytes), "Relationship")).Relationship;
}

/**
 * The content type of a part: its own, or the one of its extension; both compared without case (ECMA-376 part 2,
 * 7.2.3).
 */
async function contentTypes(
  xml: Buffer,
  names: readonly string[],
): Promise<{ readonly types: readonly string[]; readonly typeOf: (name: string) => string }> {
  const { Override, Default } = await readElements(xml, "Override", "Default");
  const own = typesBy(Override, "PartName");
  const byExtension = typesBy(Default, "Extension");
  return {
    types: [...Override, ...Default.filter(({ Extension = "" }) => concerns(Extension, names))].map(
      ({ ContentType = "" }) => ContentType,
    ),
    typeOf: (name) =>
      own.get(`/${name.toLowerCase()}`) ??
      byExtension.get(name.toLowerCase().slice(name.lastIndexOf(".") + 1)) ??
      "",
  };
}

/** Whether a part has the extension, or it is a strange one. Many programs list types of parts that they did not write. */
function concerns(extension: string, names: readonly string[]): boolean {
  if (!/^[A-Za-z\d]+$/.test(extension)) return true;
  return names.some((name) => name.toLowerCase().endsWith(`.${extension.toLowerCase()}`));
}

/** Of two types for one part programs may take either. */
function typesBy(elements: readonly Attributes[], attribute: string): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const { [attribute]: key = "", ContentType = "" } of elements) {
    const name = key.toLowerCase();
    if ((types.get(name) ?? ContentType) !== ContentType) throw ambiguous();
    types.set(name, ContentType);
  }
  return types;
}

/** The one part the package is about, by the name it has in the zip. */
function mainPart(relationships: readonly Attributes[]): string {
  const [main, ...others] = relationships.filter(({ Type }) => /\/officeDocument$/.test(compact(Type)));
  if (!main || others.length > 0) throw damaged();
  return (main["Target"] ?? "").replace(/^\.?\//, "");
}
