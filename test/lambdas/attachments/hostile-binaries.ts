import { gzipSync } from "node:zlib";
import { makeDocx, makePdf, makePptx, makeXlsx } from "./document-files.ts";
import { type FileCase, fileCase } from "./file-case.ts";
import { makeHeic, makeJpeg, makeMp4, makePng } from "./picture-files.ts";
import { buildZip } from "./zip-builder.ts";

const jar = buildZip([
  { name: "META-INF/MANIFEST.MF", content: "Main-Class: Evil" },
  { name: "Evil.class", content: "x" },
]);
const apk = buildZip([
  { name: "AndroidManifest.xml", content: "x" },
  { name: "classes.dex", content: "dex\n035\0" },
]);
const compoundFile = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(2048)]);

/** What runs, or holds what runs. */
const executables: readonly (readonly [string, Buffer])[] = [
  ["ELF", Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01", "latin1"), Buffer.alloc(500)])],
  ["PE", Buffer.concat([Buffer.from("MZ\x90\0\x03", "latin1"), Buffer.alloc(60), Buffer.from("PE\0\0")])],
  ["Mach-O", Buffer.concat([Buffer.from("cffaedfe07000001", "hex"), Buffer.alloc(200)])],
  ["Java class", Buffer.from("cafebabe0000003400000000", "hex")],
  ["shell script", Buffer.from("#!/bin/sh\nid\n")],
  ["batch file", Buffer.from("@echo off\r\ndel *\r\n")],
  ["PowerShell", Buffer.from("param($a)\nInvoke-Expression $a")],
  ["jar", jar],
  ["apk", apk],
  ["msi", compoundFile],
  ["lnk", Buffer.concat([Buffer.from("4c0000000114020000000000c000000000000046", "hex"), Buffer.alloc(100)])],
  ["gzip", gzipSync("x")],
  ["7z", Buffer.from("377abcaf271c0004000000000000", "hex")],
  ["rar", Buffer.from("526172211a0701003392b5e50a01", "hex")],
  ["GIF", Buffer.from("GIF89a/*\x01\x00*/=1;alert(1)//", "latin1")],
  ["SVG", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
  ["HTML", Buffer.from("<!doctype html><script>1</script>")],
  ["nothing known", Buffer.from("hello, I am nothing at all")],
];

/** One sound file of each type, by extension. */
export async function samples(): Promise<ReadonlyMap<string, Buffer>> {
  return new Map([
    ["png", makePng(24)],
    ["jpg", makeJpeg(24)],
    ["heic", makeHeic()],
    ["pdf", await makePdf()],
    ["docx", await makeDocx()],
    ["xlsx", await makeXlsx()],
    ["pptx", await makePptx()],
  ]);
}

/** Programs and foreign formats under every name, sound files under the wrong one, and all of them cut short. */
export async function hostileBinaries(): Promise<readonly FileCase[]> {
  const sound = await samples();
  const types = [...sound.keys()];
  const wrong = types.flatMap((claimed) =>
    [...sound]
      .filter(([actual]) => actual !== claimed)
      .map(([actual, bytes]) => fileCase("wrong magic bytes", `${actual} as ${claimed}`, claimed, bytes)),
  );
  const programs = types.flatMap((claimed) =>
    executables.map(([title, bytes]) => fileCase("executable", `${title} as ${claimed}`, claimed, bytes)),
  );
  const text = [...sound].map(([actual, bytes]) =>
    fileCase("wrong magic bytes", `${actual} as txt`, "txt", bytes),
  );
  const cut = [...sound].flatMap(([type, bytes]) =>
    [0.02, 0.3, 0.6, 0.9, 0.99].map((share) => {
      const length = Math.max(1, Math.floor(bytes.length * share));
      return fileCase("truncated", `${type}, first ${length} bytes`, type, bytes.subarray(0, length));
    }),
  );
  const short = [...sound].map(([type, bytes]) =>
    fileCase("truncated", `${type} without its last byte`, type, bytes.subarray(0, type === "pdf" ? -3 : -1)),
  );
  const avif = fileCase("wrong magic bytes", "AVIF as HEIC", "heic", makeHeic("avif"));
  const film = fileCase("wrong magic bytes", "MP4 as HEIC", "heic", makeMp4());
  return [...wrong, ...programs, ...text, ...cut, ...short, avif, film];
}
