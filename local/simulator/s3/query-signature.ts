import { createHash, createHmac } from "node:crypto";

/** What a signature covers. Header names in any case; the values are those of the request. */
export type SignedRequest = {
  method: string;
  /** The path, already percent-encoded. */
  path: string;
  /** All query parameters but X-Amz-Signature, decoded. */
  query: [string, string][];
  headers: Record<string, string>;
  /** Lower-case names, sorted. */
  signedHeaders: string[];
};

/** The access key that the simulated S3 knows. */
export const accessKeyId = "AKIASIMULATOR0000000";

const secretAccessKey = "simulated-secret-access-key-of-no-worth";
const region = "us-east-1";

/** The algorithm's name, as it stands in every pre-signed URL. */
export const algorithm = "AWS4-HMAC-SHA256";

/** The credential scope of a day, "20260101/us-east-1/s3/aws4_request". */
export function scopeOf(amzDate: string): string {
  return `${amzDate.slice(0, 8)}/${region}/s3/aws4_request`;
}

/** A time in the basic ISO format of X-Amz-Date, from milliseconds since the epoch. */
export function amzDateOf(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

/** The hexadecimal signature of a request (Amazon S3 API reference, "Authenticating Requests: Using Query Parameters"). */
export function signatureOf(request: SignedRequest, amzDate: string): string {
  const stringToSign = [algorithm, amzDate, scopeOf(amzDate), sha256(canonicalRequest(request))].join("\n");
  const key = [amzDate.slice(0, 8), region, "s3", "aws4_request"].reduce<Buffer | string>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createHmac("sha256", key).update(stringToSign).digest("hex");
}

function canonicalRequest({ method, path, query, headers, signedHeaders }: SignedRequest): string {
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const parameters = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const lines = signedHeaders.map(
    (name) => `${name}:${(values.get(name) ?? "").trim().replace(/ +/g, " ")}\n`,
  );
  return [
    method,
    path,
    parameters.join("&"),
    lines.join(""),
    signedHeaders.join(";"),
    "UNSIGNED-PAYLOAD",
  ].join("\n");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
