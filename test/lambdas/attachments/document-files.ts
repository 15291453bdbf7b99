import { createRequire } from "node:module";
import * as docx from "docx";
import { PDFDocument, StandardFonts } from "pdf-lib";
import type pptxgen from "pptxgenjs";
import writeExcel from "write-excel-file/node";
import { type FileCase, fileCase } from "./file-case.ts";
import { buildOffice, officeParts } from "./office-builder.ts";
import { makeJpeg, makePng } from "./picture-files.ts";
import { buildZip } from "./zip-builder.ts";

/** Its types are those of the CommonJS file alone, where the class is the module. */
const Deck = createRequire(import.meta.url)("pptxgenjs") as typeof pptxgen.default;

/** A letter by the library docx. */
export async function makeDocx(...children: readonly docx.FileChild[]): Promise<Buffer> {
  const paragraphs = children.length > 0 ? children : [new docx.Paragraph("Dear agent")];
  return docx.Packer.toBuffer(new docx.Document({ sections: [{ children: [...paragraphs] }] }));
}

/** A table by the library write-excel-file. */
export async function makeXlsx(rows = 3): Promise<Buffer> {
  const data = Array.from({ length: rows }, (_, row) => [{ value: `Row ${row}` }, { value: row * 1.5 }]);
  return writeExcel(data).toBuffer();
}

/** Slides by the library pptxgenjs, with a chart, which embeds a table. */
export async function makePptx(slides = 1, chart = false): Promise<Buffer> {
  const deck = new Deck();
  for (let count = 0; count < slides; count += 1) {
    const slide = deck.addSlide();
    slide.addText(`Slide ${count}`, { x: 1, y: 1, hyperlink: { url: "https://www.example.com/" } });
    if (chart) slide.addChart("bar", [{ name: "a", labels: ["x", "y"], values: [1, count] }]);
  }
  return Buffer.from((await deck.write({ outputType: "nodebuffer" })) as Uint8Array);
}

/** A document by pdf-lib. */
export async function makePdf(
  pages = 1,
  options: { plain?: boolean; attach?: Buffer } = {},
): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let page = 0; page < pages; page += 1) document.addPage().drawText(`Page ${page}`, { font });
  if (options.attach) await document.attach(options.attach, "factur-x.xml", { mimeType: "text/xml" });
  return Buffer.from(await document.save({ useObjectStreams: !options.plain }));
}

/** Documents as programs make them. */
export async function legitimateDocuments(): Promise<readonly FileCase[]> {
  const picture = new docx.ImageRun({
    type: "png",
    data: makePng(),
    transformation: { width: 9, height: 9 },
  });
  const link = new docx.ExternalHyperlink({
    link: "https://www.example.com/?a=1&b=2",
    children: [new docx.TextRun("here")],
  });
  const cell = new docx.TableCell({ children: [new docx.Paragraph("cell")] });
  const pictured = await PDFDocument.create();
  pictured.addPage().drawImage(await pictured.embedJpg(Uint8Array.from(makeJpeg())));
  const documents: readonly (readonly [string, string, Buffer])[] = [
    ["docx", "a letter", await makeDocx()],
    ["docx", "with a picture", await makeDocx(new docx.Paragraph({ children: [picture] }))],
    ["docx", "with a link", await makeDocx(new docx.Paragraph({ children: [link] }))],
    [
      "docx",
      "with a table",
      await makeDocx(new docx.Table({ rows: [new docx.TableRow({ children: [cell] })] })),
    ],
    [
      "docx",
      "long",
      await makeDocx(...Array.from({ length: 3000 }, (_, n) => new docx.Paragraph(`Line ${n}`))),
    ],
    ["docx", "streamed", buildZip(officeParts("docx").map((part) => ({ ...part, streamed: true })))],
    ["docx", "stored", buildZip(officeParts("docx").map((part) => ({ ...part, stored: true })))],
    ["docx", "with zip64 records", buildOffice("docx", { extras: { zip64: true } })],
    [
      "docx",
      "with a picture from the web",
      buildOffice("docx", { links: [["image", "https://a.example/b.png", true]] }),
    ],
    ["xlsx", "a table", await makeXlsx()],
    ["xlsx", "5,000 rows", await makeXlsx(5000)],
    [
      "xlsx",
      "printer settings",
      buildOffice("xlsx", { parts: [{ name: "xl/printerSettings/p1.bin", content: "x" }] }),
    ],
    [
      "xlsx",
      "linked to a table",
      buildOffice("xlsx", { links: [["externalLinkPath", "Budget 2026.xlsx", true]] }),
    ],
    ["pptx", "slides", await makePptx(12)],
    ["pptx", "charts", await makePptx(2, true)],
    ["pdf", "one page", await makePdf()],
    ["pdf", "many pages", await makePdf(50)],
    ["pdf", "plain objects", await makePdf(2, { plain: true })],
    [
      "pdf",
      "an invoice with its data",
      await makePdf(1, { attach: Buffer.from("<?xml version='1.0'?><Invoice/>") }),
    ],
    ["pdf", "with a picture", Buffer.from(await pictured.save())],
    ["pdf", "a line break at the end", Buffer.concat([await makePdf(), Buffer.from("\r\n")])],
  ];
  return documents.map(([extension, title, bytes]) => fileCase(extension, title, extension, bytes));
}
