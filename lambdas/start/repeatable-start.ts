import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import type { Principal } from "./principal.ts";
import { principalName } from "./principal-name.ts";
import type { StartInput } from "./start-request.ts";

/** A start that its page may repeat, and what the page's ClientToken is good for. The token itself is kept nowhere. */
export interface RepeatableStart {
  /** Key of the start's record: a hash of the token, bound to the principal. */
  readonly key: string;
  /** Tells another request from the same one, to nobody who has not the token: names are guessed easily. */
  readonly requestHash: Buffer;
  /** Seals the answer (AES-256): it is nowhere but in the token. */
  readonly sealingKey: KeyObject;
}

/** 122 random bits (RFC 9562 §5.4). A UUID of another version may be a time and an address, which can be guessed. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const uuidVersion = "4";

/** 22 characters of base64url carry 128 bits. */
const base64url = /^[A-Za-z0-9_-]{22,500}$/;

const keyBytes = 32;

/**
 * What a page's ClientToken makes of its start; undefined for one that can be guessed, which would open its chat to
 * whoever guesses it.
 */
export function repeatableStart(
  { ClientToken = "", ...asked }: StartInput,
  principal: Pick<Principal, "subject" | "network">,
): RepeatableStart | undefined {
  if (!isStrong(ClientToken)) return undefined;
  const name = JSON.stringify([principalName(principal), ClientToken]);
  const key = createHash("sha256").update(`connect-chat-bff|client-token|${name}`).digest("base64url");
  // HKDF-SHA-256 (RFC 5869). Salted, because a token is text and not uniformly random.
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", ClientToken, key, `connect-chat-bff|${purpose}`, keyBytes));
  return {
    key: `start#${key}`,
    requestHash: createHmac("sha256", derive("start-request")).update(canonical(asked)).digest(),
    sealingKey: createSecretKey(derive("start-answer")),
  };
}

function isStrong(token: string): boolean {
  const [, version] = uuid.exec(token) ?? [];
  return version === undefined ? base64url.test(token) : version === uuidVersion;
}

/** The same text for the same members, in whatever order they came. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}
