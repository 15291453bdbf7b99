import { settingNames } from "../setting-names.ts";
import { type Environment, list, malformed } from "../setting-values.ts";

/** Whose sign-in opens a chat, and what of it becomes known to the flow. */
export interface SignInSettings {
  /** `iss` of the tokens, exact. */
  readonly issuer: string;
  /** Each token is for one of these (`aud`). */
  readonly audience: readonly string[];
  /** Where the issuer publishes its keys (RFC 7517). */
  readonly jwksUri: URL;
  /** Contact attributes by the claim they come from. */
  readonly claimAttributes: ReadonlyMap<string, string>;
}

/**
 * Reads who may start a chat: those whom an issuer signed in, or undefined for everybody.
 *
 * @param allowedAttributes what a page may set: none of it can be known from a sign-in as well
 * @throws {SettingError}
 */
export function loadSignInSettings(
  env: Environment,
  allowedAttributes: ReadonlySet<string>,
): SignInSettings | undefined {
  // A forgotten setting must not open the door that others were to close.
  const startAuth = env[settingNames.startAuth] || (env[settingNames.jwtIssuer] ? "" : "open");
  if (startAuth === "open") return undefined;
  if (startAuth !== "jwt") throw malformed(settingNames.startAuth, "open or jwt");
  const issuer = toUrl(settingNames.jwtIssuer, env[settingNames.jwtIssuer]).text;
  if (/[?#]|\/\/[^/]*@/.test(issuer)) {
    throw malformed(
      settingNames.jwtIssuer,
      "an address without user, query and fragment (OpenID Connect Discovery)",
    );
  }
  const audience = list(env[settingNames.jwtAudience]);
  if (audience.length === 0) throw malformed(settingNames.jwtAudience, "a client id, such as chat-page");
  const keys = env[settingNames.jwtJwksUri] || `${issuer.replace(/\/$/, "")}/.well-known/jwks.json`;
  return {
    issuer,
    audience,
    jwksUri: toUrl(settingNames.jwtJwksUri, keys).url,
    claimAttributes: claims(env[settingNames.claimAttributes], allowedAttributes),
  };
}

function claims(
  value: string | undefined,
  allowedAttributes: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const pairs = list(value).map((entry) => {
    const [, claim, attribute] = /^([^=]{1,256})=([A-Za-z0-9_-]{1,128})$/.exec(entry) ?? [];
    if (!claim || !attribute) {
      throw malformed(settingNames.claimAttributes, "claim=attribute pairs, such as email=customerEmail");
    }
    if (allowedAttributes.has(attribute)) {
      throw malformed(
        settingNames.claimAttributes,
        `without ${attribute}, which ALLOWED_ATTRIBUTES lets pages set`,
      );
    }
    return [claim, attribute] as const;
  });
  if ([0, 1].some((side) => new Set(pairs.map((pair) => pair[side])).size < pairs.length)) {
    throw malformed(settingNames.claimAttributes, "without a claim or an attribute that is named twice");
  }
  return new Map(pairs);
}

/** A key that came over plain http could be anybody's; a machine may ask itself. */
function toUrl(name: string, text = ""): { readonly text: string; readonly url: URL } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && url.hostname === "127.0.0.1");
  if (url === undefined || !isSafe)
    throw malformed(name, "an https address, such as https://login.example.com");
  return { text, url };
}
