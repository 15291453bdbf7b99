import type { IncomingMessage } from "node:http";

const exposed = "x-amzn-RequestId,x-amzn-ErrorType,Retry-After,Date";

/** Headers that the SDKs and chatjs send, and that a preflight must allow. */
const participantHeaders = [
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

/**
 * CORS headers for a path: browsers may call the participant service and the small S3, from any origin and without
 * credentials; the Connect service and the control plane are not for browsers.
 */
export function corsHeaders(path: string, request: IncomingMessage): Record<string, string> {
  const isS3 = path.startsWith("/s3/");
  if (!isS3 && !path.startsWith("/participant/")) return {};
  const common = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": isS3 ? `${exposed},ETag` : exposed,
  };
  if (request.method !== "OPTIONS") return common;
  return {
    ...common,
    "Access-Control-Allow-Methods": isS3 ? "GET,PUT" : "GET,POST,OPTIONS",
    "Access-Control-Allow-Headers": isS3
      ? (request.headers["access-control-request-headers"] ?? "*")
      : participantHeaders,
    "Access-Control-Max-Age": "600",
  };
}
