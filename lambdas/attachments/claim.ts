import { invalid } from "../errors.ts";
import { type FileType, type FileTypeName, row, typeOfExtension } from "./file-types.ts";
import type { AttachmentPolicy } from "./policy.ts";

/** What a client says about a file before anybody has seen it. */
export interface Claim {
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
}

/** The type a claim is about. */
export interface ClaimedType extends FileType {
  readonly typeName: FileTypeName;
  /** What Connect is told: the type's first MIME type, whichever alias the client used. */
  readonly contentType: string;
}

/**
 * The one type that both the extension and the MIME type of a claim say, if the policy has it on and the size fits. For the
 * start of an upload, and again before the bytes are believed.
 *
 * @throws {ChatError} 400 `AttachmentTypeRefused` or `AttachmentSizeRefused`
 */
export function checkClaim({ name, contentType, size }: Claim, policy: AttachmentPolicy): ClaimedType {
  const typeName = typeOfExtension(extensionOf(name));
  if (!typeName || !policy.types.includes(typeName)) {
    throw invalid(
      "AttachmentTypeRefused",
      `Files of this type cannot be sent here. Allowed: ${allowedExtensions(policy)}.`,
    );
  }
  const type = row(typeName);
  if (!type.mimeTypes.includes(essence(contentType, type))) {
    throw invalid("AttachmentTypeRefused", "The content type of the file does not fit the end of its name.");
  }
  const max = Math.min(type.maxBytes, policy.maxFileBytes);
  if (!Number.isSafeInteger(size) || size < 1 || size > max) {
    throw invalid("AttachmentSizeRefused", `The file must have 1 to ${max} bytes.`);
  }
  return { ...type, typeName, contentType: type.mimeTypes[0] ?? contentType };
}

/** Extensions a visitor may send, as a sentence lists them. */
export function allowedExtensions({ types }: AttachmentPolicy): string {
  return types.flatMap((name) => row(name).extensions).join(", ");
}

/** What follows the last dot; empty where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(dot + 1);
}

/** A MIME type without its parameters. Only text may carry one, and only to say that it is UTF-8. */
function essence(contentType: string, { proof }: FileType): string {
  const value = contentType.trim().toLowerCase();
  if (proof !== "text" && proof !== "csv") return value;
  return value.replace(/\s{0,9};\s{0,9}charset="?utf-?8"?$/, "");
}
