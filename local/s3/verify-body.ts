import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { S3Error } from "../simulator/s3/s3-error.ts";
import type { S3Request } from "./s3-request.ts";

/**
 * Checks a body against what was signed of it: its hash, and the checksum that SDKs add. A URL that was pre-signed
 * with the SDK's defaults carries the checksum of an empty body, and no other can be uploaded with it.
 *
 * @throws {S3Error} what S3 answers
 */
export function verifyBody({ body, headers, query }: S3Request, payload: string): void {
  const isHash = /^[0-9a-f]{64}$/.test(payload);
  if (isHash && createHash("sha256").update(body).digest("hex") !== payload) {
    throw new S3Error(
      400,
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  const checksums = [
    ...Object.entries(headers).filter(([name]) => /^x-amz-checksum-(?!mode|type)/.test(name)),
    ...[...query].filter(([name]) => /^x-amz-checksum-(?!mode|type)/.test(name)),
  ];
  for (const [name, value] of checksums) {
    if (name !== "x-amz-checksum-crc32") {
      throw new S3Error(501, "NotImplemented", `The embedded S3 does not know ${name}.`);
    }
    if (value !== crc32Of(body)) {
      throw new S3Error(400, "BadDigest", "The CRC32 you specified did not match the calculated checksum.");
    }
  }
}

function crc32Of(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString("base64");
}
