import type { Caller } from "./caller.ts";

/** Whom a chat is started for, as far as limits and replays tell callers apart. */
export interface Principal {
  /** `subject`: somebody who signed in; `address`: whoever shares an address. */
  readonly kind: "subject" | "address";
  /** Tells principals of one kind apart. Never in a log line, and stored only hashed. */
  readonly name: string;
  /** Contact attributes that are known of the principal: a page cannot set them. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The principal of a caller that did not sign in. */
export function callerPrincipal({ address }: Caller): Principal {
  return { kind: "address", name: address, attributes: {} };
}
