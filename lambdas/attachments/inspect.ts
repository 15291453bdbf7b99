import { type Claim, type ClaimedType, checkClaim } from "./claim.ts";
import { inspectCompoundFile } from "./content/compound-file.ts";
import { inspectCsv } from "./content/csv.ts";
import { inspectHeic, inspectMp4, inspectQuickTime } from "./content/iso-media.ts";
import { inspectJpeg } from "./content/jpeg.ts";
import { inspectOffice } from "./content/office.ts";
import { inspectPdf } from "./content/pdf.ts";
import { inspectPng } from "./content/png.ts";
import { recognise } from "./content/recognise.ts";
import { damaged, sizeMismatch } from "./content/refusals.ts";
import { inspectRtf } from "./content/rtf.ts";
import { inspectText } from "./content/text.ts";
import { inspectWav } from "./content/wav.ts";
import type { Proof } from "./file-types.ts";
import type { AttachmentPolicy } from "./policy.ts";

type Inspection = (bytes: Buffer, type: ClaimedType) => void | Promise<void>;

/** How each proof of file-types.ts is made. */
const inspections: Readonly<Record<Proof, Inspection>> = {
  "compound-file": inspectCompoundFile,
  csv: inspectCsv,
  heic: inspectHeic,
  jpeg: inspectJpeg,
  mp4: inspectMp4,
  office: inspectOffice,
  pdf: inspectPdf,
  png: inspectPng,
  quicktime: inspectQuickTime,
  rtf: inspectRtf,
  text: inspectText,
  wav: inspectWav,
};

/**
 * Believes a file only as far as its bytes prove it: the claimed size, one type in extension, MIME type and content,
 * whole, nothing else beside it, and nothing that runs. Pure; keeps no copy of the bytes; time grows with the size
 * alone.
 *
 * @throws {ChatError} 400 `AttachmentTypeRefused`, `AttachmentSizeRefused` (the claim), `AttachmentSizeMismatch`, or
 * a reason of content/refusals.ts; the sentence never repeats the content
 */
export async function inspect(bytes: Buffer, claim: Claim, policy: AttachmentPolicy): Promise<void> {
  const type = checkClaim(claim, policy);
  if (bytes.length !== claim.size) throw sizeMismatch();
  await recognise(bytes, type);
  try {
    await inspections[type.proof](bytes, type);
  } catch (cause) {
    // A read beyond the end: the file says that it goes on.
    if (cause instanceof RangeError) throw damaged();
    throw cause;
  }
}
