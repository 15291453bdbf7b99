import type { Principal } from "./principal.ts";

/**
 * A name for whoever starts a chat, unique over both kinds: the subject that signed in, else the network. Never
 * logged, and stored only inside a hash.
 */
export function principalName({ subject, network }: Pick<Principal, "subject" | "network">): string {
  return subject === undefined ? `address|${network}` : `subject|${subject}`;
}
