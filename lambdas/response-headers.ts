/** On every answer: nothing is cached, nothing rendered, nothing sniffed. */
const securityHeaders = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  Vary: "Origin",
} as const;

/** What AWS SDKs and chat clients send, so what a preflight has to allow. */
const allowedHeaders = [
  "authorization",
  "content-type",
  "x-amz-bearer",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-user-agent",
  "amz-sdk-invocation-id",
  "amz-sdk-request",
  "x-amz-security-token",
].join(",");

/** Headers a page's script may read: without these an SDK in a browser cannot tell one error from another. */
const exposedHeaders = "x-amzn-RequestId,x-amzn-ErrorType,Retry-After,x-amz-retry-after";

/** How long a browser may remember a preflight, in seconds: the longest that any browser honours. */
const preflightMaxAge = "7200";

/** Headers of every answer; `origin` is the caller's once it was found in the allow-list, and is echoed only then. */
export function responseHeaders(origin: string | undefined): Record<string, string> {
  if (origin === undefined) return { ...securityHeaders };
  return {
    ...securityHeaders,
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": exposedHeaders,
  };
}

/** Headers of a preflight's answer. */
export function preflightHeaders(origin: string, method: string): Record<string, string> {
  return {
    ...responseHeaders(origin),
    "Access-Control-Allow-Methods": method,
    "Access-Control-Allow-Headers": allowedHeaders,
    "Access-Control-Max-Age": preflightMaxAge,
  };
}
