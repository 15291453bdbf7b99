const office = "application/vnd.openxmlformats-officedocument";

/** The files Amazon Connect takes by default, extension by extension (administrator guide, "Feature specifications"). */
const typesOfExtension: Readonly<Record<string, readonly string[]>> = {
  csv: ["text/csv"],
  doc: ["application/msword"],
  docx: [`${office}.wordprocessingml.document`],
  heic: ["image/heic"],
  jfif: ["image/jpeg"],
  jpeg: ["image/jpeg"],
  jpg: ["image/jpeg"],
  mov: ["video/quicktime"],
  mp4: ["video/mp4"],
  pdf: ["application/pdf"],
  png: ["image/png"],
  ppt: ["application/vnd.ms-powerpoint"],
  pptx: [`${office}.presentationml.presentation`],
  rtf: ["application/rtf", "text/rtf"],
  txt: ["text/plain"],
  wav: ["audio/wav", "audio/x-wav"],
  xls: ["application/vnd.ms-excel"],
  xlsx: [`${office}.spreadsheetml.sheet`],
};

const allTypes = new Set(Object.values(typesOfExtension).flat());

/** Whether a file's extension and its type are each on the list; whether they fit each other is not asked. */
export function isAllowedFile(name: string, contentType: string): boolean {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(typesOfExtension, extension) && allTypes.has(contentType.toLowerCase());
}
