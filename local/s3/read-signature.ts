import type { IncomingHttpHeaders } from "node:http";
import { S3Error } from "../simulator/s3/s3-error.ts";
import { algorithm } from "./signature.ts";

/** What a request says about its own signature. */
export interface GivenSignature {
  /** `20260101/eu-west-2/s3/aws4_request`; the access key before it may be any. */
  readonly scope: string;
  readonly amzDate: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly payload: string;
  /** Seconds that a pre-signed URL may be used for; undefined where the headers are signed. */
  readonly expiresInSeconds: number | undefined;
}

/** Longest life of a pre-signed URL, in seconds: seven days. */
const longestLife = 604_800;

/**
 * Reads the signature from the query (a pre-signed URL) or from the header Authorization (a call of an SDK).
 *
 * @throws {S3Error} 403 without either, 400 with both or with a malformed one
 */
export function readSignature(query: URLSearchParams, headers: IncomingHttpHeaders): GivenSignature {
  const isPresigned = query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature");
  const { authorization } = headers;
  if (isPresigned && authorization !== undefined) {
    throw new S3Error(400, "InvalidArgument", "Only one auth mechanism allowed");
  }
  if (isPresigned) return readQuery(query);
  if (authorization === undefined) throw new S3Error(403, "AccessDenied", "Access Denied");
  return readHeader(authorization, headers);
}

function readQuery(query: URLSearchParams): GivenSignature {
  const [given, credential, amzDate, expires, signedHeaders, signature] = [
    ...["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"],
  ].map((name) => query.get(`X-Amz-${name}`) ?? "");
  const scope = scopeOf(credential, amzDate);
  const seconds = /^\d{1,6}$/.test(expires ?? "") ? Number(expires) : 0;
  if (given !== algorithm || !scope || !amzDate || !signedHeaders || !signature) {
    throw malformed("Query-string authentication version 4 requires its six X-Amz- parameters, well-formed.");
  }
  if (seconds < 1 || seconds > longestLife) {
    throw malformed(`X-Amz-Expires must be from 1 to ${longestLife} seconds.`);
  }
  return {
    ...{ scope, amzDate, signature },
    signedHeaders: signedHeaders.split(";"),
    payload: query.get("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD",
    expiresInSeconds: seconds,
  };
}

function readHeader(authorization: string, headers: IncomingHttpHeaders): GivenSignature {
  const [, credential, signedHeaders, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  const amzDate = String(headers["x-amz-date"] ?? "");
  const scope = scopeOf(credential, amzDate);
  const payload = headers["x-amz-content-sha256"];
  if (!scope || !signedHeaders || !signature) {
    throw new S3Error(400, "AuthorizationHeaderMalformed", "The authorization header is malformed.");
  }
  if (typeof payload !== "string") {
    throw new S3Error(
      400,
      "InvalidRequest",
      "Missing required header for this request: x-amz-content-sha256",
    );
  }
  return {
    ...{ scope, amzDate, signature, payload },
    signedHeaders: signedHeaders.split(";"),
    expiresInSeconds: undefined,
  };
}

/** The scope of a credential, of S3 and of the day of its date; undefined where it is of anything else. */
function scopeOf(credential = "", amzDate = ""): string | undefined {
  const [, scope] = /^[^/]+\/(\d{8}\/[a-z0-9-]+\/s3\/aws4_request)$/.exec(credential) ?? [];
  return /^\d{8}T\d{6}Z$/.test(amzDate) && scope?.startsWith(amzDate.slice(0, 8)) ? scope : undefined;
}

function malformed(message: string): S3Error {
  return new S3Error(400, "AuthorizationQueryParametersError", message);
}
