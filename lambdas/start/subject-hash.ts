import { createHash } from "node:crypto";

/**
 * What a session keeps of the subject it was started for: enough to find a subject's chats by, and nothing to tell it from.
 *
 * @param name `<issuer>|<sub>`: a subject is unique within its issuer alone (OpenID Connect Core §8)
 */
export function hashSubject(name: string): string {
  return createHash("sha256").update(`connect-chat-bff|subject|${name}`).digest("base64url");
}
