import { makeDocx, makePdf } from "./document-files.ts";
import { type FileCase, fileCase } from "./file-case.ts";
import { buildOffice } from "./office-builder.ts";
import {
  box,
  jpegSegment,
  makeHeic,
  makeJpeg,
  makeMp4,
  makePng,
  pngChunk,
  samsungTrailer,
  withChunk,
  withSegment,
} from "./picture-files.ts";
import { buildZip } from "./zip-builder.ts";

const zip = buildZip([{ name: "x.exe", content: "MZ" }]);
const script = Buffer.from("<script>alert(1)</script>");
const program = Buffer.concat([Buffer.from("MZ\x90\0", "latin1"), Buffer.alloc(80)]);

function join(...parts: readonly (Buffer | string)[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)));
}

/** A zip whose comment swallows what stands behind it. */
function zipBefore(tail: Buffer): Buffer {
  return buildZip([{ name: "x.exe", content: "MZ" }], { comment: tail.toString("latin1") });
}

function hugePng(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(100_000, 0);
  header.writeUInt32BE(100_000, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return join(signature, pngChunk("IHDR", header), pngChunk("IDAT", "x"), pngChunk("IEND", ""));
}

/** Two formats in one file, and pictures that grow. */
export async function hostilePolyglots(): Promise<readonly FileCase[]> {
  const png = makePng();
  const jpeg = makeJpeg();
  const heic = makeHeic();
  const pdf = await makePdf();
  const docx = await makeDocx();
  const end = Buffer.from("\nstartxref\n0\n%%EOF\n");
  const cases: readonly (readonly [string, string, Buffer])[] = [
    ["PNG + zip", "png", join(png, zip)],
    ["PNG + HTML", "png", join(png, script)],
    ["PNG + program", "png", join(png, program)],
    ["PNG + one byte", "png", join(png, "x")],
    ["PNG + PDF", "png", join(png, pdf)],
    ["PNG with PHP in its words", "png", withChunk("tEXt", "Comment\0<?php system(1);?>")],
    ["PNG with a page in its words", "png", withChunk("iTXt", "a\0\0\0\0\0<html><script src=x>")],
    ["PNG with a program in a chunk", "png", withChunk("ruSt", program)],
    ["PNG with a PDF in a chunk", "png", withChunk("teXt", "%PDF-1.4\n1 0 obj")],
    [
      "PNG with a zip in its last chunk",
      "png",
      join(png.subarray(0, -12), pngChunk("zTXt", zipBefore(Buffer.alloc(16))), png.subarray(-12)),
    ],
    ["JPEG + HTML", "jpg", join(jpeg, script)],
    ["JPEG + zip", "jpg", join(jpeg, zip)],
    ["JPEG + jar, padded", "jpg", join(jpeg, Buffer.alloc(64), zip)],
    ["JPEG + PHP", "jpg", join(jpeg, "<?php eval($_POST[0]); ?>")],
    ["JPEG + program", "jpg", join(jpeg, program)],
    ["JPEG + shell script", "jpg", join(jpeg, "\n#!/bin/sh\nid")],
    ["JPEG + text", "jpg", join(jpeg, "secret")],
    ["JPEG + half a JPEG", "jpg", join(jpeg, makeJpeg(4).subarray(0, 90))],
    ["JPEG with a page in a comment", "jpg", withSegment(0xfe, "<html><script>alert(1)</script>")],
    ["JPEG with PHP in Exif", "jpg", withSegment(0xe1, "Exif\0\0<?php phpinfo(); ?>")],
    ["JPEG with a PDF in a comment", "jpg", withSegment(0xfe, "%PDF-1.4\n1 0 obj")],
    [
      "JPEG + JavaScript in a long JFIF header",
      "jpg",
      join(
        jpeg.subarray(0, 2),
        jpegSegment(0xe0, join("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "*/=alert(1);/*".repeat(800))),
        jpeg.subarray(2),
      ),
    ],
    ["JPEG + film with a page", "jpg", join(jpeg, makeMp4(), box("free", "<html><script>1</script>"))],
    ["JPEG + film + zip", "jpg", join(jpeg, makeMp4(), zip)],
    ["JPEG + Samsung's trailer with a zip", "jpg", join(jpeg, samsungTrailer(zipBefore(Buffer.alloc(36))))],
    [
      "JPEG + Samsung's trailer behind a program",
      "jpg",
      join(jpeg, program, samsungTrailer(Buffer.alloc(9))),
    ],
    ["HEIC + zip", "heic", join(heic, zip)],
    ["HEIC + page", "heic", join(heic, script)],
    ["HEIC with a page in a box", "heic", join(heic, box("free", "<html><script>1</script>"))],
    ["HEIC with a zip in its last box", "heic", makeHeic("heic", join(Buffer.alloc(40), zip))],
    [
      "HEIC with a PDF in its first box",
      "heic",
      join(box("ftyp", "heic", Buffer.alloc(4), "heic"), box("free", "%PDF-1.4"), heic),
    ],
    ["PDF + zip", "pdf", join(pdf, zip)],
    ["PDF in a zip's comment", "pdf", join(pdf, zipBefore(end))],
    ["PDF + HTML", "pdf", join(pdf, script)],
    ["HTML + PDF", "pdf", join(script, pdf)],
    ["PDF behind a line", "pdf", join("\n", pdf)],
    ["PDF + program", "pdf", join(pdf, program)],
    ["zip + PDF", "pdf", join(zip, pdf)],
    [
      "PDF that starts a program",
      "pdf",
      join(pdf.subarray(0, 9), "1 0 obj<</S/Launch/F(calc.exe)>>endobj\n", pdf.subarray(9)),
    ],
    [
      "PDF that starts a program, a letter of its name escaped",
      "pdf",
      join(pdf.subarray(0, 9), "1 0 obj<</S/L#61unch/F(calc.exe)>>endobj\n", pdf.subarray(9)),
    ],
    [
      "PDF that starts a program, every letter of its name escaped",
      "pdf",
      join(pdf.subarray(0, 9), "1 0 obj<</S/#4C#61#75#6e#63#68/F(calc.exe)>>endobj\n", pdf.subarray(9)),
    ],
    ["PDF of no version", "pdf", join("%PDF-<html>\n", pdf)],
    ["program + docx", "docx", join(program, docx)],
    ["docx + page", "docx", join(docx, script)],
    ["docx + docx", "docx", join(docx, docx)],
    ["docx behind a zip", "docx", buildOffice("docx", { extras: { before: zip } })],
    ["PNG + docx", "docx", buildOffice("docx", { extras: { before: png } })],
    ["GIF + JavaScript", "png", Buffer.from("GIF89a/*\0*/=1;alert(1);")],
    ["PNG of 10 gigapixels", "png", hugePng()],
  ];
  return cases.map(([title, extension, bytes]) => fileCase("polyglot", title, extension, bytes));
}
