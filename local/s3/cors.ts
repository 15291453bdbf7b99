import type { IncomingHttpHeaders } from "node:http";
import { S3Error } from "../simulator/s3/s3-error.ts";

/** A rule of a bucket: which pages may call, how, and with which headers. */
export interface CorsRule {
  /** Exact, or with one `*` for any text, as S3 has it: `http://localhost:*`. */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  /** Lower case. */
  readonly headers: readonly string[];
  readonly maxAgeSeconds: number;
}

/**
 * Answers a preflight.
 *
 * @throws {S3Error} 403 where the rule does not have its origin, its method and each of its headers, 400 where it
 * names no origin
 */
export function preflightHeaders(
  rule: CorsRule,
  headers: IncomingHttpHeaders,
): Readonly<Record<string, string>> {
  if (headers.origin === undefined) {
    throw new S3Error(400, "BadRequest", "Insufficient information. Origin request header needed.");
  }
  const method = headers["access-control-request-method"] ?? "";
  const wanted = (headers["access-control-request-headers"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const allowed = corsHeaders(rule, headers.origin, method);
  if (allowed === undefined || wanted.some((name) => !rule.headers.includes(name))) {
    throw new S3Error(403, "AccessForbidden", "CORSResponse: This CORS request is not allowed.");
  }
  return wanted.length > 0 ? { ...allowed, "Access-Control-Allow-Headers": wanted.join(", ") } : allowed;
}

/** What an answer has for the page that called; undefined where the rule does not have its origin or its method. */
export function corsHeaders(
  { origins, methods, maxAgeSeconds }: CorsRule,
  origin: string | undefined,
  method: string,
): Readonly<Record<string, string>> | undefined {
  if (origin === undefined || !methods.includes(method) || !origins.some((each) => matches(each, origin))) {
    return undefined;
  }
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Methods": methods.join(", "),
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Max-Age": String(maxAgeSeconds),
    Vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

function matches(pattern: string, origin: string): boolean {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return pattern === origin;
  return origin.length >= start.length + end.length && origin.startsWith(start) && origin.endsWith(end);
}
