/** What a handle is good for: `participant` earns connection handles; `connection` does everything else. */
export type HandleKind = "participant" | "connection";

/** A session handle as a client presents it. */
export interface Handle {
  readonly kind: HandleKind;
  /** InitialContactId of the chat and key of its item. Not a secret: it may be logged. */
  readonly selector: string;
  /** 256 bits. Never logged, never stored. */
  readonly secret: Buffer;
}

/** Fixed, so that secret scanners can find a handle that leaked into a repository or a log. */
const prefix = "ccbff";
const letterOf: Readonly<Record<HandleKind, string>> = { participant: "pt", connection: "ct" };
const kindOf: Readonly<Record<string, HandleKind>> = { pt: "participant", ct: "connection" };

/** 32 bytes in base64url are 43 characters, the last of which carries only 4 bits: no second spelling of a secret. */
const pattern = /^ccbff_(pt|ct)_([A-Za-z0-9-]{1,256})\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/;

/**
 * Writes a handle: `ccbff_<pt|ct>_<selector>.<secret>`, far below the 1,000 characters the Participant Service allows
 * a token.
 */
export function formatHandle(handle: Handle): string {
  return `${prefix}_${letterOf[handle.kind]}_${handle.selector}.${handle.secret.toString("base64url")}`;
}

/** Reads a handle, or answers undefined for anything that is not exactly one. */
export function parseHandle(text: string): Handle | undefined {
  const [, letters = "", selector, secret] = pattern.exec(text) ?? [];
  const kind = kindOf[letters];
  if (kind === undefined || selector === undefined || secret === undefined) return undefined;
  return { kind, selector, secret: Buffer.from(secret, "base64url") };
}
