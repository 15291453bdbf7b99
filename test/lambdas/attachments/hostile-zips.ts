import { type FileCase, fileCase } from "./file-case.ts";
import { buildOffice, officeParts } from "./office-builder.ts";
import { buildZip, type Extras, type Part } from "./zip-builder.ts";

const zeros = Buffer.alloc(8 * 1024 * 1024);

/** A letter with further parts. */
function letter(...parts: readonly Part[]): Buffer {
  return buildOffice("docx", { parts });
}

/** A letter in a zip with bytes that belong to no part. */
function padded(extras: Extras): Buffer {
  return buildOffice("docx", { extras });
}

/** A part of one letter, and what is wrong with it. */
function part(name: string, wrong: Partial<Part> = {}): Part {
  return { name, content: "x", ...wrong };
}

/** A document inside the document. */
function inside(name: string, content: Buffer): Part {
  return { name: `word/embeddings/${name}`, content };
}

function many(count: number, content: Part["content"]): readonly Part[] {
  return Array.from({ length: count }, (_, n) => ({
    name: `word/${n}.xml`,
    content,
    stored: content === "",
  }));
}

const zips: readonly (readonly [string, () => Buffer])[] = [
  ["nested bomb", () => letter(inside("a.docx", letter(inside("b.docx", letter()))))],
  ["zeros, 30 times 8 MB", () => letter(...many(30, zeros))],
  ["ratio of a thousand", () => letter(...many(3, zeros))],
  ["overlapping entries", () => letter(part("word/a.xml"), part("word/b.xml", { shared: true }))],
  ["size stated too small", () => letter(part("word/a.xml", { content: zeros, claims: { unpacked: 10 } }))],
  ["size stated too large", () => letter(part("word/a.xml", { claims: { unpacked: 10 } }))],
  [
    "list of types lies",
    () => buildZip(officeParts("docx").map((one) => ({ ...one, claims: { unpacked: 5 } }))),
  ],
  ["wrong sum", () => letter(part("word/a.xml", { claims: { sum: 1 } }))],
  ["100,000 entries", () => buildZip(many(100_000, ""))],
  ["6,000 entries", () => letter(...many(6000, ""))],
  ["encrypted", () => letter(part("word/a.xml", { flags: 1 }))],
  ["strongly encrypted", () => letter(part("word/a.xml", { flags: 0x41 }))],
  [
    "password (compound file)",
    () => Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(3000)]),
  ],
  ["unknown method", () => letter(part("word/a.xml", { method: 14 }))],
  ["path out", () => letter(part("../../evil.xml"))],
  ["absolute path", () => letter(part("/etc/x.xml"))],
  ["backslashes", () => letter(part("..\\evil.xml"))],
  ["a drive", () => letter(part("C:/evil.xml"))],
  ["a name that ends early", () => letter(part("word/vbaProject.bin\0.xml"))],
  ["name twice", () => letter(part("WORD/document.xml"))],
  ["another name in front", () => letter(part("word/a.xml", { localName: "word/b.exe" }))],
  ["data between entries", () => padded({ between: Buffer.from("hidden") })],
  ["data behind the end", () => padded({ after: Buffer.from("hidden") })],
  ["a comment", () => padded({ comment: "#!/bin/sh" })],
  ["no list of types", () => buildZip(officeParts("docx").slice(1))],
  ["no main part", () => buildZip(officeParts("docx").filter(({ name }) => name !== "word/document.xml"))],
  ["a plain zip", () => buildZip([{ name: "word/document.xml", content: "x" }])],
  ["an empty zip", () => buildZip([])],
  ["only an end", () => Buffer.from("PK\x03\x04PK\x05\x06", "latin1")],
];

/** Zips that are not what their directory says, or not what a document is. */
export function hostileZips(): readonly FileCase[] {
  return zips.map(([title, build]) => fileCase("zip tricks", title, "docx", build()));
}
