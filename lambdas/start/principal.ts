import type { JWTPayload } from "jose";
import type { Clock } from "../clock.ts";
import type { Caller } from "./caller.ts";
import { networkOf } from "./network-of.ts";
import type { SignInSettings } from "./sign-in-settings.ts";
import { createTokenVerifier, signInRequired } from "./verify-token.ts";

/** Whom a chat is started for. */
export interface Principal {
  /**
   * Who signed in, unique over issuers (`<iss>|<sub>`); undefined where nobody has to. Never logged, stored only
   * hashed.
   */
  readonly subject: string | undefined;
  /** Where the request came from (network-of.ts). Never logged, stored only hashed. */
  readonly network: string;
  /** Contact attributes that are known from the sign-in: a page cannot set them. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Tells whom a request starts a chat for. @throws {ChatError} 401 `SignInRequired`, or 503 */
export type Identify = (caller: Caller) => Promise<Principal>;

/** Everybody may start a chat, or whoever presents a token of the issuer's in `Authorization` (RFC 6750). */
export function createIdentification(signIn: SignInSettings | undefined, clock: Clock): Identify {
  if (signIn === undefined)
    return async ({ address }) => ({ subject: undefined, network: networkOf(address), attributes: {} });
  const verify = createTokenVerifier(signIn, clock);
  return async ({ address, authorization = "" }) => {
    const [, token] = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization) ?? [];
    if (token === undefined) throw signInRequired("no bearer token");
    const claims = await verify(token);
    return {
      subject: `${signIn.issuer}|${claims.sub}`,
      network: networkOf(address),
      attributes: attributesOf(claims, signIn.claimAttributes),
    };
  };
}

/** Contact attributes are texts; what a token says in lists and objects is not for a flow. */
function attributesOf(
  claims: JWTPayload,
  claimAttributes: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const known = [...claimAttributes].flatMap(([claim, attribute]) => {
    const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
    return ["string", "number", "boolean"].includes(typeof value) ? [[attribute, String(value)]] : [];
  });
  return Object.fromEntries(known);
}
