import { isUtf8 } from "node:buffer";
import { active, encoding, mismatch } from "./refusals.ts";

/** How far programs look when they guess what a text is, in bytes (WHATWG MIME Sniffing, 5.2: 1,445). */
const sniffedBytes = 4096;

/** Tags with which the first bytes of a text make it a page; WHATWG MIME Sniffing, 7.1, and those that carry scripts. */
const tags =
  "!doctype|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg|img|object|embed|meta|link|form|" +
  "base|math|video|audio|xml|frameset|hta:application|job|package|input|textarea|template|details|center|marquee";

/** Beginnings that make a text a page, a script, a program or a document, after white space. */
const beginnings = new RegExp(
  `^\\s*(?:<(?:${tags})(?:[\\s>/]|$)|<!--|<\\?(?:xml|php|=)|<%|#!|\\{\\\\rtf|%!PS|%PDF-|MZ(?![\\s.,:;-])|` +
    "(?:javascript|vbscript|data):\\S|@echo\\b|@if\\b|rem\\s+@|#requires\\b|\\[CmdletBinding|param\\s*\\(|" +
    "powershell(?:\\.exe)?\\s+-|On Error Resume Next|REGEDIT4|Windows Registry Editor|" +
    "\\[(?:InternetShortcut|Desktop Entry|autorun)\\]|MIME-Version:[^]{0,2000}multipart/related|From: <Saved by)",
  "i",
);

/** Controls no text needs: what remains are tab, line breaks, form feed, and the escape and end-of-file of old systems. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
const controls = /[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]/;

/** Looked at in pieces, so that a large file is not held a second time as text. */
const windowBytes = 1024 * 1024;

/**
 * A text in UTF-8, with or without byte order mark, that no program would take for a page or a script. UTF-16 and the code
 * pages of Windows are refused, with a sentence that says how to save the file: nothing proves that such bytes are text.
 *
 * @throws {ChatError} 400 `AttachmentEncoding`, `AttachmentTypeMismatch` or `AttachmentActiveContent`
 */
export function inspectText(bytes: Buffer): void {
  if (isUtf16(bytes)) throw encoding();
  if (bytes.includes(0)) throw mismatch();
  if (!isUtf8(bytes)) throw encoding();
  for (let start = 0; start < bytes.length; start += windowBytes) {
    if (controls.test(bytes.toString("latin1", start, start + windowBytes))) throw mismatch();
  }
  const start = bytes.toString("utf8", 0, sniffedBytes);
  if (beginnings.test(start)) throw active("a page or a script");
  if (start.slice(0, 1024).includes("%PDF-") && bytes.subarray(-1024).includes("%%EOF")) throw mismatch();
}

/** A byte order mark of UTF-16 or UTF-32. */
function isUtf16(bytes: Buffer): boolean {
  return bytes.length >= 2 && [0xfffe, 0xfeff].includes(bytes.readUInt16BE(0));
}
