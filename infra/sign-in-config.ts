import type { ChatBffConfig } from "./config.ts";
import type { GivenSettings } from "./deployment-settings.ts";
import { attributes } from "./setting-expectations.ts";
import { ConfigError, type Expectation, list, optional, pairs, required } from "./setting-values.ts";

/** Whose sign-in opens a chat: settings `jwtIssuer`, `jwtAudience`, `jwtJwksUri` and `claimAttributes`. */
export interface SignInConfig {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly jwksUri: string | undefined;
  /** Contact attributes by claim. */
  readonly claimAttributes: Readonly<Record<string, string>>;
}

const startAuth: Expectation<"open" | "jwt"> = {
  expected: "open or jwt, such as jwt",
  parse: (value) => (value === "open" || value === "jwt" ? value : undefined),
};

const address: Expectation<string> = {
  expected: "an https address, such as https://login.example.com",
  parse: (value) => (/^https:\/\/[^\s,]+$/.test(value) && URL.canParse(value) ? value : undefined),
};

/** What tokens name as `iss` has neither query nor fragment (OpenID Connect Discovery 1.0, section 3). */
const issuer: Expectation<string> = {
  expected: "an https address without user, query and fragment, such as https://login.example.com",
  parse: (value) => (/[?#]|\/\/[^/]*@/.test(value) ? undefined : address.parse(value)),
};

const audience = list(
  (entry) => /^\S{1,512}$/.test(entry),
  "a comma-separated list of client ids, such as chat-page",
);

const claimPairs = pairs(
  /^[^\s=,]{1,256}$/,
  (attribute) => attributes.parse(attribute)?.[0],
  "claim=attribute pairs, no claim and no attribute twice, such as email=customerEmail",
);

const claimAttributes: typeof claimPairs = {
  ...claimPairs,
  parse: (value) => {
    const read = claimPairs.parse(value);
    const names = Object.values(read ?? {});
    return new Set(names).size === names.length ? read : undefined;
  },
};

/** Reads who may start a chat; undefined for everybody. @throws {ConfigError} */
export function readSignIn(given: GivenSettings): ChatBffConfig["signIn"] {
  const names = ["jwtIssuer", "jwtAudience", "jwtJwksUri", "claimAttributes"] as const;
  if ((optional("startAuth", given.startAuth, startAuth) ?? "open") === "open") {
    const useless = names.find((name) => given[name] !== undefined && given[name] !== "");
    if (useless === undefined) return undefined;
    throw new ConfigError(`startAuth must be jwt where ${useless} is set, such as -c startAuth=jwt.`);
  }
  const claims = optional("claimAttributes", given.claimAttributes, claimAttributes) ?? {};
  const open = optional("allowedAttributes", given.allowedAttributes, attributes) ?? [];
  const both = Object.values(claims).find((attribute) => open.includes(attribute));
  if (both !== undefined) {
    throw new ConfigError(
      `claimAttributes must be without ${both}, which allowedAttributes lets pages set, such as email=customerEmail.`,
    );
  }
  return {
    issuer: required("jwtIssuer", given.jwtIssuer, issuer, "https://login.example.com"),
    audience: required("jwtAudience", given.jwtAudience, audience, "chat-page"),
    jwksUri: optional("jwtJwksUri", given.jwtJwksUri, address),
    claimAttributes: claims,
  };
}
