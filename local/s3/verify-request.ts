import { S3Error } from "../simulator/s3/s3-error.ts";
import { type GivenSignature, readSignature } from "./read-signature.ts";
import type { S3Request } from "./s3-request.ts";
import { signatureOf } from "./signature.ts";

/** Milliseconds by which the signer's clock may be ahead. */
const toleratedSkew = 900_000;

/**
 * Checks the signature of a request, in S3's order: it is there and well-formed, its time has come and is not over,
 * no x-amz- header goes unsigned, and it is the one of the request as it arrived. How old a signed header may be is
 * not checked: a test's clock is not the SDK's.
 *
 * @throws {S3Error} what S3 answers
 */
export function verifyRequest(request: S3Request, secretAccessKey: string, now: number): GivenSignature {
  const { query, headers, method, path } = request;
  const given = readSignature(query, headers);
  const { scope, amzDate, signedHeaders, payload } = given;
  if (given.expiresInSeconds !== undefined) requireInTime(timeOf(amzDate), given.expiresInSeconds, now);
  const unsigned = Object.keys(headers).filter(
    (name) => name.startsWith("x-amz-") && !signedHeaders.includes(name),
  );
  if (unsigned.length > 0 || !signedHeaders.includes("host")) {
    throw new S3Error(403, "AccessDenied", "There were headers present in the request which were not signed");
  }
  const signed = {
    ...{ method, path, headers, signedHeaders, payload },
    query: [...query].filter(([name]) => name !== "X-Amz-Signature"),
  };
  if (signatureOf(signed, { secretAccessKey, scope, amzDate }) !== given.signature) {
    throw new S3Error(
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    );
  }
  return given;
}

function requireInTime(signedAt: number, expiresInSeconds: number, now: number): void {
  if (signedAt > now + toleratedSkew) throw new S3Error(403, "AccessDenied", "Request is not valid yet");
  if (now >= signedAt + expiresInSeconds * 1_000)
    throw new S3Error(403, "AccessDenied", "Request has expired");
}

function timeOf(amzDate: string): number {
  return Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
