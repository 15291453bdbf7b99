import type { IncomingHttpHeaders } from "node:http";
import { accessKeyId, algorithm, scopeOf, signatureOf } from "./query-signature.ts";
import { S3Error } from "./s3-error.ts";

/** A request to the small S3, as far as its signature is concerned. */
export type PresignedRequest = { method: string; url: URL; headers: IncomingHttpHeaders };

const parameters = ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"] as const;

/**
 * Checks a pre-signed request in S3's order: the parameters are there, the URL has not expired, every x-amz- header
 * was signed, and the signature over the request as it arrived is the one in the URL.
 * Throws the `S3Error` that S3 answers.
 */
export function verifySignature(request: PresignedRequest, now: number): void {
  const query = request.url.searchParams;
  const [givenAlgorithm, credential, date, expires, signedNames, signature] = parameters.map(
    (name) => query.get(`X-Amz-${name}`) ?? "",
  );
  if (!date || !expires || !signedNames || !signature || givenAlgorithm !== algorithm) {
    throw new S3Error(403, "AccessDenied", "Access Denied");
  }
  if (credential !== `${accessKeyId}/${scopeOf(date)}`) {
    throw new S3Error(
      403,
      "InvalidAccessKeyId",
      "The AWS Access Key Id you provided does not exist in our records.",
    );
  }
  if (now >= timeOf(date) + Number(expires) * 1000)
    throw new S3Error(403, "AccessDenied", "Request has expired");
  const signedHeaders = signedNames.split(";");
  refuseUnsignedHeaders(request.headers, signedHeaders);
  const expected = signatureOf(
    {
      method: request.method,
      path: request.url.pathname,
      query: [...query].filter(([name]) => name !== "X-Amz-Signature"),
      headers: Object.fromEntries(signedHeaders.map((name) => [name, String(request.headers[name] ?? "")])),
      signedHeaders,
    },
    date,
  );
  if (expected !== signature) {
    throw new S3Error(
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided.",
    );
  }
}

function refuseUnsignedHeaders(headers: IncomingHttpHeaders, signed: string[]): void {
  const unsigned = Object.keys(headers).filter((name) => name.startsWith("x-amz-") && !signed.includes(name));
  if (unsigned.length > 0) {
    throw new S3Error(403, "AccessDenied", "There were headers present in the request which were not signed");
  }
}

function timeOf(amzDate: string): number {
  return Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
