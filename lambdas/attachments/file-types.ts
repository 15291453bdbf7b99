/** How bytes prove a type: the check inspect.ts runs on them. */
export type Proof =
  | "compound-file"
  | "csv"
  | "heic"
  | "jpeg"
  | "mp4"
  | "office"
  | "pdf"
  | "png"
  | "quicktime"
  | "rtf"
  | "text"
  | "wav";

/** One row of the table of attachments. */
export interface FileType {
  /** Lower case, without the dot. */
  readonly extensions: readonly string[];
  /** The first goes to Connect; the others are what browsers also call it. */
  readonly mimeTypes: readonly string[];
  readonly proof: Proof;
  /** Largest file of the type, in bytes. A policy may ask for less, never for more. */
  readonly maxBytes: number;
  /** Whether it is on where the owner says nothing. */
  readonly byDefault: boolean;
}

/** Connect's own limit of attachments in a chat (Amazon Connect quotas). */
export const connectFilesPerChat = 35;

/** Connect's own limit of one file, in bytes (Amazon Connect quotas: 20 MB). */
export const connectMaxFileBytes = 20 * 1024 * 1024;

const openXml = "application/vnd.openxmlformats-officedocument";

/**
 * THE TABLE of attachments, by the name an owner switches a type on with. Never looser than the list Connect accepts by
 * default: csv, doc, docx, heic, jfif, jpeg, jpg, mov, mp4, pdf, png, ppt, pptx, rtf, txt, wav, xls, xlsx (administrator
 * guide, "Enable attachments"). Legacy Office is off because its macros cannot be told apart reliably, audio and video
 * because few chats need them.
 */
const fileTypes = {
  jpeg: on(["jpg", "jpeg"], ["image/jpeg", "image/jpg", "image/pjpeg"], "jpeg"),
  png: on(["png"], ["image/png", "image/x-png"], "png"),
  heic: on(["heic"], ["image/heic", "image/heif"], "heic"),
  pdf: on(["pdf"], ["application/pdf", "application/x-pdf"], "pdf"),
  txt: on(["txt"], ["text/plain"], "text"),
  csv: on(["csv"], ["text/csv", "application/csv", "text/plain", "application/vnd.ms-excel"], "csv"),
  docx: on(["docx"], [`${openXml}.wordprocessingml.document`], "office"),
  xlsx: on(["xlsx"], [`${openXml}.spreadsheetml.sheet`], "office"),
  pptx: on(["pptx"], [`${openXml}.presentationml.presentation`], "office"),
  jfif: off(["jfif"], ["image/jpeg", "image/jfif", "image/pjpeg"], "jpeg"),
  mov: off(["mov"], ["video/quicktime"], "quicktime"),
  mp4: off(["mp4"], ["video/mp4"], "mp4"),
  wav: off(["wav"], ["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"], "wav"),
  rtf: off(["rtf"], ["application/rtf", "text/rtf"], "rtf"),
  doc: off(["doc"], ["application/msword"], "compound-file"),
  xls: off(["xls"], ["application/vnd.ms-excel"], "compound-file"),
  ppt: off(["ppt"], ["application/vnd.ms-powerpoint"], "compound-file"),
} as const satisfies Readonly<Record<string, FileType>>;

/** A type of the table. */
export type FileTypeName = keyof typeof fileTypes;

/** All of the table, in its order. */
export const fileTypeNames = Object.keys(fileTypes) as readonly FileTypeName[];

/** The type an extension belongs to, in whatever case; undefined where the table has none. */
export function typeOfExtension(extension: string): FileTypeName | undefined {
  const wanted = extension.toLowerCase();
  return fileTypeNames.find((name) => row(name).extensions.includes(wanted));
}

/** A row of the table. */
export function row(name: FileTypeName): FileType {
  return fileTypes[name];
}

function on(extensions: readonly string[], mimeTypes: readonly string[], proof: Proof): FileType {
  return { extensions, mimeTypes, proof, maxBytes: connectMaxFileBytes, byDefault: true };
}

function off(extensions: readonly string[], mimeTypes: readonly string[], proof: Proof): FileType {
  return { ...on(extensions, mimeTypes, proof), byDefault: false };
}
