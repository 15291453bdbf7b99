import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import type { Clock } from "../clock.ts";
import { ChatError, unavailable } from "../errors.ts";
import type { SignInSettings } from "./sign-in-settings.ts";

/** Signatures that only a private key makes: with HS256 whoever reads the public key could sign, with `none` anybody. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** How far the issuer's clock may be off, in seconds. */
const clockToleranceSeconds = 5;

/**
 * How the issuer's keys are kept, in milliseconds: asked for anew once they are old, or for an unknown key, but not
 * sooner than after the pause.
 */
const keys = { cacheMaxAge: 600_000, cooldownDuration: 10_000, timeoutDuration: 2_000 };

/** What jose throws of a token that is no good; anything else is a fault of the issuer's keys, or of the way to them. */
const refusals = [
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSMultipleMatchingKeys,
  errors.JWKSNoMatchingKey,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
];

/**
 * Verifies a token (RFC 7519, RFC 8725); answers its claims. @throws {ChatError} 401 `SignInRequired`, or 503 without
 * the issuer's keys
 */
export type VerifyToken = (token: string) => Promise<JWTPayload & { readonly sub: string }>;

/** Verifies what one issuer signed. The keys are fetched at the first use, and once for all who wait for them. */
export function createTokenVerifier(
  { issuer, audience, jwksUri }: SignInSettings,
  { now }: Pick<Clock, "now">,
): VerifyToken {
  const keySet = createRemoteJWKSet(jwksUri, keys);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keySet, {
        algorithms,
        issuer,
        audience: [...audience],
        requiredClaims: ["sub", "exp"],
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(now()),
      });
      if (typeof payload.sub !== "string" || payload.sub === "")
        throw signInRequired("a token without a subject");
      return { ...payload, sub: payload.sub };
    } catch (error) {
      if (error instanceof ChatError) throw error;
      const isRefusal = refusals.some((kind) => error instanceof kind);
      // Where the list is empty no token can be good: that is the issuer's fault.
      const isOfNoKey = error instanceof errors.JWKSNoMatchingKey && keySet.jwks()?.keys.length === 0;
      if (!isRefusal || isOfNoKey) throw unavailable("no keys of the issuer", error);
      throw signInRequired((error as errors.JOSEError).code, error);
    }
  };
}

/**
 * The one answer to every start without a sign-in that is good. 401, where an ended chat is a 403: the page is to
 * sign its visitor in.
 *
 * @param detail what was wrong, for the log
 */
export function signInRequired(detail: string, cause?: unknown): ChatError {
  return new ChatError("UnauthorizedException", "SignInRequired", "Sign in to start a chat.", {
    detail,
    cause,
  });
}
