import { extensionOf } from "../../../lambdas/attachments/claim.ts";
import { row, typeOfExtension } from "../../../lambdas/attachments/file-types.ts";

/** A file of a corpus, and what its sender claims. */
export interface FileCase {
  readonly category: string;
  readonly title: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** A file whose content type is the one its extension stands for. */
export function fileCase(category: string, title: string, extension: string, bytes: Buffer): FileCase {
  const type = typeOfExtension(extensionOf(`file.${extension}`));
  const contentType = (type && row(type).mimeTypes[0]) ?? "application/octet-stream";
  return { category, title, name: `file.${extension}`, contentType, bytes };
}
