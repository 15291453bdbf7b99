import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Contact, Participant } from "./contact.ts";

/** The two kinds of token; neither does the other's work. */
export type TokenKind = "participant" | "connection";

/** Who presents a token. */
export type Caller = { contact: Contact; participant: Participant };

type Grant = Caller & { kind: TokenKind; expiresAt: number };

/** The word that every secret made here contains, so that a test can look for leaks. */
export const canary = "SIM-CANARY";

/** Bytes of randomness: the token becomes about as long as Connect's own, well below the 1,000 characters allowed. */
const tokenBytes = 288;

/** Makes a secret that holds the canary and the letter of its purpose. */
export function mintSecret(purpose: "P" | "C" | "W", bytes = tokenBytes): string {
  return `${canary}-${purpose}-${randomBytes(bytes).toString("base64url")}`;
}

/** The bearer tokens in circulation. They are kept after their chat's end, because a repeat must be recognised. */
export class TokenStore {
  readonly #clock: Clock;
  readonly #grants = new Map<string, Grant>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A participant token: good for the chat's whole life, as often as wanted. */
  issueParticipantToken(caller: Caller): string {
    return this.#issue("P", { ...caller, kind: "participant", expiresAt: Number.POSITIVE_INFINITY });
  }

  /** A connection token that lives until `expiresAt` (milliseconds since the epoch). Earlier ones stay good. */
  issueConnectionToken(caller: Caller, expiresAt: number): string {
    return this.#issue("C", { ...caller, kind: "connection", expiresAt });
  }

  /** What kind of token this is, expired or not; undefined for one that was never issued. */
  kindOf(token: string): TokenKind | undefined {
    return this.#grants.get(token)?.kind;
  }

  /** Whose token this is, if it is of the wanted kind and has not expired. */
  callerOf(token: string, kind: TokenKind): Caller | undefined {
    const grant = this.#grants.get(token);
    return grant && grant.kind === kind && this.#clock.now() < grant.expiresAt ? grant : undefined;
  }

  #issue(purpose: "P" | "C", grant: Grant): string {
    const token = mintSecret(purpose);
    this.#grants.set(token, grant);
    return token;
  }
}
