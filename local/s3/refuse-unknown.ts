import { S3Error } from "../simulator/s3/s3-error.ts";
import type { S3Request } from "./s3-request.ts";

/** Parameters that are part of a signature, of its checksum, or say what the SDK calls the operation. */
const knownParameter =
  /^(x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256)|x-amz-(checksum-.*|sdk-checksum-algorithm|user-agent)|x-id)$/i;

/** Headers with which S3 would do something else than the embedded one does. */
const unknownHeader =
  /^(range|if-none-match|if-modified-since|if-unmodified-since|content-encoding|content-md5|x-amz-(acl|grant-.*|copy-.*|meta-.*|server-side-.*|tagging|storage-class|trailer|decoded-content-length))$/;

/** Refuses what is not simulated, so that nothing works here by being ignored and fails on AWS. @throws {S3Error} 501 */
export function refuseUnknown({ method, query, headers }: S3Request, payload: string): void {
  const unknown = [
    ...[...query.keys()].filter((name) => !knownParameter.test(name)),
    ...Object.keys(headers).filter((name) => unknownHeader.test(name)),
    ...(headers["if-match"] !== undefined && !["GET", "HEAD"].includes(method) ? ["if-match"] : []),
    ...(payload.startsWith("STREAMING-") ? [payload] : []),
  ];
  if (unknown.length > 0) {
    throw new S3Error(501, "NotImplemented", `The embedded S3 does not know ${unknown.join(", ")}.`);
  }
}
