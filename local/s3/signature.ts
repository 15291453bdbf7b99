import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The only algorithm that the embedded S3 knows. */
export const algorithm = "AWS4-HMAC-SHA256";

/** What a signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** The path, decoded. */
  readonly path: string;
  /** Every query parameter but the signature itself, decoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: IncomingHttpHeaders;
  /** Lower-case names, in the order of the request. */
  readonly signedHeaders: readonly string[];
  /** Hash of the body in hexadecimal, or the word that stands for it. */
  readonly payload: string;
}

/** Who signed, when and for what: `20260101/eu-west-2/s3/aws4_request` and `20260101T000000Z`. */
export interface SignedBy {
  readonly secretAccessKey: string;
  readonly scope: string;
  readonly amzDate: string;
}

/**
 * The hexadecimal signature of a request (Amazon S3 API reference, "Authenticating Requests (AWS Signature Version 4)").
 * The simulated Amazon Connect has one of its own, for one Region and one key: it shares no code with what it is to judge.
 */
export function signatureOf(request: SignedRequest, { secretAccessKey, scope, amzDate }: SignedBy): string {
  const canonical = createHash("sha256").update(canonicalRequest(request)).digest("hex");
  const key = scope
    .split("/")
    .reduce<Buffer | string>(
      (secret, part) => createHmac("sha256", secret).update(part).digest(),
      `AWS4${secretAccessKey}`,
    );
  return createHmac("sha256", key).update([algorithm, amzDate, scope, canonical].join("\n")).digest("hex");
}

function canonicalRequest({ method, path, query, headers, signedHeaders, payload }: SignedRequest): string {
  const parameters = query
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return [
    method,
    path.split("/").map(encode).join("/"),
    parameters.map((parameter) => parameter.join("=")).join("&"),
    ...signedHeaders.map(
      (name) =>
        `${name}:${String(headers[name] ?? "")
          .trim()
          .replace(/ +/g, " ")}`,
    ),
    "",
    signedHeaders.join(";"),
    payload,
  ].join("\n");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
