import { buildZip, type Extras, type Part } from "./zip-builder.ts";

const openXml = "application/vnd.openxmlformats-officedocument";
const officeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The parts of a small document, and the content type of its main part. */
const kinds = {
  docx: ["word/document.xml", `${openXml}.wordprocessingml.document.main+xml`],
  xlsx: ["xl/workbook.xml", `${openXml}.spreadsheetml.sheet.main+xml`],
  pptx: ["ppt/presentation.xml", `${openXml}.presentationml.presentation.main+xml`],
} as const;

/** What a package to build has beyond a correct minimum. */
export interface Package {
  readonly parts?: readonly Part[];
  /** Content types by the name of a part. */
  readonly types?: Readonly<Record<string, string>>;
  readonly mainType?: string;
  /** Relationships of the main part: type (its end, or whole), target, and whether it is external. */
  readonly links?: readonly (readonly [type: string, target: string, external?: boolean])[];
  readonly extras?: Extras;
  readonly listPrefix?: string;
  /** Elements at the end of the list of content types. */
  readonly moreTypes?: string;
  /** The whole list of the main part's relationships, in the place of `links`. */
  readonly linkList?: string;
}

/** A package of Office by hand. */
export function buildOffice(kind: keyof typeof kinds, wanted: Package = {}): Buffer {
  return buildZip([...officeParts(kind, wanted), ...(wanted.parts ?? [])], wanted.extras);
}

/** The parts every package of this kind has. */
export function officeParts(kind: keyof typeof kinds, wanted: Package = {}): readonly Part[] {
  const [main, mainType] = kinds[kind];
  const types = { [`/${main}`]: wanted.mainType ?? mainType, ...wanted.types };
  const overrides = Object.entries(types)
    .map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`)
    .join("");
  const [folder = "", file = ""] = main.split("/");
  return [
    {
      name: "[Content_Types].xml",
      content:
        `${wanted.listPrefix ?? '<?xml version="1.0" encoding="UTF-8"?>'}<Types xmlns="x">` +
        `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="bin" ContentType="application/vnd.ms-excel.printerSettings"/>${overrides}${wanted.moreTypes ?? ""}</Types>`,
    },
    { name: "_rels/.rels", content: relationships([["officeDocument", main]]) },
    { name: main, content: "<document/>" },
    { name: `${folder}/_rels/${file}.rels`, content: wanted.linkList ?? relationships(wanted.links ?? []) },
  ];
}

function relationships(links: NonNullable<Package["links"]>): string {
  const rows = links.map(([type, target, external], index) => {
    const whole = type.includes("://") ? type : `${officeRelationships}/${type}`;
    return `<Relationship Id="r${index}" Type="${whole}" Target="${target}"${external ? ' TargetMode="External"' : ""}/>`;
  });
  return `<?xml version="1.0"?><Relationships>${rows.join("")}</Relationships>`;
}
