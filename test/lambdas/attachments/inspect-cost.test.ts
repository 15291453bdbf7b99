import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inspect } from "../../../lambdas/attachments/inspect.ts";
import { defaultPolicy } from "../../../lambdas/attachments/policy.ts";
import { ChatError } from "../../../lambdas/errors.ts";
import { fileCase } from "./file-case.ts";
import { buildOffice } from "./office-builder.ts";
import { box, makeHeic, makeJpeg, makePng, pngChunk } from "./picture-files.ts";

/** As large as Connect allows, in bytes, less what the formats themselves need. */
const size = 20 * 1024 * 1024 - 8192;

/**
 * Generous: each takes a fraction of a second on a machine that does nothing else; where time grew with the square of
 * the size, it would be days. Milliseconds.
 */
const patienceMs = 20_000;

const random = randomBytes(size);
const pdfEnd = Buffer.from("\nstartxref\n0\n%%EOF");
const png = makePng();
const jpeg = makeJpeg();

function fill(text: string): Buffer {
  return Buffer.alloc(size, text, "latin1");
}

function inPdf(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from("%PDF-1.4\n"), content, pdfEnd]);
}

/** Lists of links that look for the slow way through every expression. */
function listOf(text: string, start = ""): Buffer {
  const parts = [1, 2, 3].map((n) => ({
    name: `word/_rels/${n}.rels`,
    content: Buffer.concat([Buffer.from(start), Buffer.alloc(3_900_000, text)]),
  }));
  const ballast = { name: "word/media/a.png", content: random.subarray(0, 500_000), stored: true };
  return buildOffice("docx", { parts: [...parts, ballast] });
}

function largeTable(): Buffer {
  const rows = Buffer.alloc(17_000_000, '<c r="A1"><v>1</v></c>');
  const content = Buffer.concat(
    Array.from({ length: 10 }, () => Buffer.concat([random.subarray(0, 1_900_000), rows])),
  );
  return buildOffice("xlsx", { parts: [{ name: "xl/worksheets/sheet1.xml", content }] });
}

const files: readonly (readonly [title: string, extension: string, make: () => Buffer])[] = [
  ["words", "txt", () => fill("hello world ")],
  ["spaces", "txt", () => fill(" ")],
  ["commas and spaces", "csv", () => fill(",        ")],
  ["beginnings of formulas", "csv", () => fill("=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|'")],
  ["signs", "csv", () => fill(",-")],
  ["brackets", "csv", () => fill(`=(${"[".repeat(60_000)}\n`)],
  ["signs and names", "csv", () => fill("=a|b,'")],
  ["white space of three bytes", "csv", () => Buffer.alloc(size - (size % 3), "\u3000")],
  ["words of one letter", "csv", () => Buffer.alloc(size - (size % 3), "\uFDFA")],
  ["functions that nothing calls", "csv", () => fill("rtd(,")],
  ["pixels", "png", () => Buffer.concat([png.subarray(0, 33), pngChunk("IDAT", random), png.subarray(33)])],
  [
    "beginnings of tags",
    "png",
    () => Buffer.concat([png.subarray(0, 33), pngChunk("teXt", fill("<htm")), png.subarray(33)]),
  ],
  [
    "a million chunks",
    "png",
    () => Buffer.concat([png.subarray(0, 33), fill(pngChunk("teXt", "").toString("latin1"))]),
  ],
  [
    "markers everywhere",
    "jpg",
    () => Buffer.concat([jpeg.subarray(0, -2), fill("\xff\0"), jpeg.subarray(-2)]),
  ],
  ["padding", "jpg", () => Buffer.concat([jpeg, Buffer.alloc(size)])],
  ["pixels", "heic", () => makeHeic("heic", random)],
  ["brands", "heic", () => Buffer.concat([box("ftyp", fill("heix")), makeHeic()])],
  [
    "a million boxes",
    "heic",
    () => Buffer.concat([makeHeic(), Buffer.alloc(size - (size % 8), box("free"))]),
  ],
  ["noise", "pdf", () => inPdf(random)],
  ["ends of zips", "pdf", () => inPdf(fill("PK\x05\x06"))],
  ["beginnings of actions", "pdf", () => inPdf(fill("/LaunchX"))],
  [
    "a stored picture",
    "docx",
    () => buildOffice("docx", { parts: [{ name: "a.png", content: random, stored: true }] }),
  ],
  [
    "4,990 parts",
    "docx",
    () =>
      buildOffice("docx", {
        parts: Array.from({ length: 4990 }, (_, n) => ({ name: `${n}.xml`, content: "x" })),
      }),
  ],
  ["open quotes", "docx", () => listOf('<Relationship a="')],
  ["open tags", "docx", () => listOf("<Relationship ")],
  ["long names", "docx", () => listOf(`<Relationship ${"a".repeat(70)}   `)],
  ["nested elements", "docx", () => listOf("<a>")],
  ["elements without end", "docx", () => listOf("<Relationship/>", "<Relationships>")],
  ["attributes without end", "docx", () => listOf('a="" ', "<Relationship ")],
  ["190 MB unpacked", "xlsx", largeTable],
];

describe("inspection of 20 MB", () => {
  it("takes time and memory that grow with the size alone", async () => {
    const lines: string[] = [];
    for (const [title, extension, make] of files) {
      const { name, contentType, bytes } = fileCase("", "", extension, make());
      const claim = { name, contentType, size: bytes.length };
      const before = process.memoryUsage.rss();
      const start = performance.now();
      const refusal: unknown = await inspect(bytes, claim, defaultPolicy).catch((error: unknown) => error);
      const ms = performance.now() - start;
      const grownMb = (process.memoryUsage.rss() - before) / 2 ** 20;
      const verdict = refusal instanceof ChatError ? refusal.reason : "accepted";
      lines.push(`${extension.padEnd(5)}${title.padEnd(26)}${ms.toFixed(0).padStart(6)} ms  ${verdict}`);

      expect(refusal === undefined || refusal instanceof ChatError).toBe(true);
      expect(ms).toBeLessThan(patienceMs);
      expect(grownMb).toBeLessThan(200);
    }
    process.stdout.write(`\n${lines.join("\n")}\n\n`);
  }, 120_000);
});
