import { describe, expect, it } from "vitest";
import { inspect } from "../../../lambdas/attachments/inspect.ts";
import { parsePolicy } from "../../../lambdas/attachments/policy.ts";
import { fileCase } from "./file-case.ts";
import { box, makeJpeg, makeMp4, makePng } from "./picture-files.ts";

const everything = parsePolicy('{"types":["jfif","mov","mp4","wav","rtf","doc","xls","ppt"]}');

async function judge(extension: string, bytes: Buffer): Promise<string> {
  const { name, contentType } = fileCase("", "", extension, bytes);
  try {
    await inspect(bytes, { name, contentType, size: bytes.length }, everything);
    return "accepted";
  } catch (error) {
    return (error as { reason: string }).reason;
  }
}

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, "latin1");
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

function makeWav(...more: readonly Buffer[]): Buffer {
  const chunks = [chunk("fmt ", Buffer.alloc(16)), chunk("data", Buffer.alloc(100, 3)), ...more];
  return chunk("RIFF", Buffer.concat([Buffer.from("WAVE"), ...chunks]));
}

/** A compound file with the given names in its directory. */
function makeCompoundFile(...names: readonly string[]): Buffer {
  const file = Buffer.alloc(512 * 8);
  file.write("d0cf11e0a1b11ae1", "hex");
  file.writeUInt16LE(0xfffe, 28);
  file.writeUInt16LE(9, 30);
  names.forEach((name, index) => {
    file.write(name, 1024 + 128 * index, "utf16le");
  });
  return file;
}

const film = makeMp4();
const oldFilm = Buffer.concat([box("moov", Buffer.alloc(50)), box("mdat", Buffer.alloc(50))]);
const letter = Buffer.from("{\\rtf1\\ansi Dear agent, \\'e9t\\'e9}\r\n");

describe("types an owner switches on", () => {
  it.each([
    ["jfif", "a picture", makeJpeg()],
    ["mp4", "a film", film],
    ["mov", "a film", makeMp4("qt  ")],
    ["mov", "an old film", oldFilm],
    ["wav", "a recording", makeWav()],
    ["wav", "a recording with a title", makeWav(chunk("LIST", Buffer.from("INFOINAM")))],
    ["rtf", "a letter", letter],
    ["doc", "a letter", makeCompoundFile("Root Entry", "WordDocument", "1Table")],
    ["xls", "a table", makeCompoundFile("Root Entry", "Workbook")],
    ["ppt", "slides", makeCompoundFile("Root Entry", "PowerPoint Document")],
  ])("accept as %s: %s", async (extension, _title, bytes) => {
    expect(await judge(extension, bytes)).toBe("accepted");
  });

  it.each([
    ["mp4", "a film of QuickTime", makeMp4("qt  "), "AttachmentTypeMismatch"],
    ["mp4", "half a film", film.subarray(0, -20), "AttachmentDamaged"],
    ["mp4", "a film without pictures", film.subarray(0, -308), "AttachmentDamaged"],
    ["mp4", "a page in a box", Buffer.concat([film, box("free", "<html><script>x")]), "AttachmentAmbiguous"],
    ["mov", "a picture", makePng(), "AttachmentTypeMismatch"],
    ["wav", "half a recording", makeWav().subarray(0, -20), "AttachmentDamaged"],
    ["wav", "a recording and more", Buffer.concat([makeWav(), Buffer.from("x")]), "AttachmentDamaged"],
    ["wav", "a program in a chunk", makeWav(chunk("JUNK", Buffer.from("MZ\x90"))), "AttachmentAmbiguous"],
    ["rtf", "half a letter", letter.subarray(0, 20), "AttachmentDamaged"],
    ["rtf", "a letter and more", Buffer.concat([letter, Buffer.from("<script>")]), "AttachmentAmbiguous"],
    [
      "rtf",
      "an object",
      Buffer.from("{\\rtf1{\\object\\objemb{\\*\\objdata 01}}}"),
      "AttachmentActiveContent",
    ],
    [
      "rtf",
      "a remote template",
      Buffer.from("{\\rtf1{\\*\\template http://evil.example}}"),
      "AttachmentActiveContent",
    ],
    ["doc", "a table", makeCompoundFile("Root Entry", "Workbook"), "AttachmentTypeMismatch"],
    ["doc", "an installer", makeCompoundFile("Root Entry"), "AttachmentTypeMismatch"],
    ["doc", "macros", makeCompoundFile("WordDocument", "Macros", "VBA"), "AttachmentActiveContent"],
    ["xls", "macros", makeCompoundFile("Workbook", "_VBA_PROJECT_CUR"), "AttachmentActiveContent"],
    [
      "ppt",
      "an object",
      makeCompoundFile("PowerPoint Document", "\u0001Ole10Native"),
      "AttachmentActiveContent",
    ],
    ["doc", "half a file", makeCompoundFile("WordDocument").subarray(0, -9), "AttachmentDamaged"],
  ])("refuse as %s: %s", async (extension, _title, bytes, reason) => {
    expect(await judge(extension, bytes)).toBe(reason);
  });
});
