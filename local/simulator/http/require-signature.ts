import type { IncomingHttpHeaders } from "node:http";
import { ServiceError } from "../errors.ts";

const authorizationForm =
  /^AWS4-HMAC-SHA256 Credential=[^/,\s]+\/(\d{8})\/[^/,\s]+\/([^/,\s]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=[0-9a-f]{64}$/;

/**
 * Requires a well-formed Signature Version 4 on a Connect call. The simulator knows no customer's secret key, so it
 * judges the form: algorithm, scope, date, signed host and date, 64 hexadecimal digits.
 * Throws MissingAuthenticationTokenException, IncompleteSignatureException or InvalidSignatureException (403).
 */
export function requireSignature(headers: IncomingHttpHeaders): void {
  const { authorization } = headers;
  if (!authorization) {
    throw new ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  const date = headers["x-amz-date"];
  const [, day, service, signed = ""] = authorizationForm.exec(authorization) ?? [];
  const names = signed.split(";");
  const isComplete = names.includes("host") && names.includes("x-amz-date");
  if (
    !isComplete ||
    typeof date !== "string" ||
    !/^\d{8}T\d{6}Z$/.test(date) ||
    !date.startsWith(`${day}T`)
  ) {
    throw new ServiceError(
      "IncompleteSignatureException",
      "The request signature does not conform to AWS standards",
    );
  }
  if (service !== "connect") {
    throw new ServiceError(
      "InvalidSignatureException",
      "Credential should be scoped to correct service: 'connect'.",
    );
  }
}
