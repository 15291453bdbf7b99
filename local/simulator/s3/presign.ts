import { accessKeyId, algorithm, amzDateOf, scopeOf, signatureOf } from "./query-signature.ts";

/** What a pre-signed URL allows. */
export type Permission = {
  method: "GET" | "PUT";
  /** Host and port, "127.0.0.1:3100". */
  authority: string;
  path: string;
  /** The headers that the request must carry with exactly these values. */
  headers: Record<string, string>;
  /** Milliseconds since the epoch. */
  now: number;
  expiresInSeconds: number;
};

/** Makes a pre-signed URL as S3's clients do. Like theirs, it carries a signature and an access key's id. */
export function presign({ method, authority, path, headers, now, expiresInSeconds }: Permission): string {
  const amzDate = amzDateOf(now);
  const signedHeaders = ["host", ...Object.keys(headers).map((name) => name.toLowerCase())].sort();
  const query: [string, string][] = [
    ["X-Amz-Algorithm", algorithm],
    ["X-Amz-Credential", `${accessKeyId}/${scopeOf(amzDate)}`],
    ["X-Amz-Date", amzDate],
    ["X-Amz-Expires", String(expiresInSeconds)],
    ["X-Amz-SignedHeaders", signedHeaders.join(";")],
  ];
  const signed = { method, path, query, headers: { ...headers, host: authority }, signedHeaders };
  const url = new URL(`http://${authority}${path}`);
  for (const [name, value] of query) url.searchParams.set(name, value);
  url.searchParams.set("X-Amz-Signature", signatureOf(signed, amzDate));
  return url.href;
}
