import {
  connectFilesPerChat,
  connectMaxFileBytes,
  type FileTypeName,
  fileTypeNames,
  row,
  typeOfExtension,
} from "./file-types.ts";

/** What one deployment lets visitors send to its agents. */
export interface AttachmentPolicy {
  /** Types switched on; everything else is refused. */
  readonly types: readonly FileTypeName[];
  /** Largest file, in bytes. A type's own limit may be lower. */
  readonly maxFileBytes: number;
  readonly filesPerChat: number;
  /** Bytes of all files of one chat together. */
  readonly bytesPerChat: number;
  /** Whether a name that breaks a rule is repaired instead of refused. */
  readonly rename: boolean;
}

/** What holds where the owner says nothing. */
export const defaultPolicy: AttachmentPolicy = {
  types: fileTypeNames.filter((name) => row(name).byDefault),
  maxFileBytes: connectMaxFileBytes,
  filesPerChat: 10,
  bytesPerChat: 50 * 1024 * 1024,
  rename: false,
};

/** A policy that cannot be; the message is one sentence that names the member and what it may be. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
}

const members = Object.keys(defaultPolicy);
const example = '{"types":["pdf","png"],"maxFileBytes":5000000,"filesPerChat":3}';

/**
 * Reads an owner's policy: JSON with some of the members of {@link AttachmentPolicy}, the others as in
 * {@link defaultPolicy}. `types` names extensions; one of them switches its whole type on (jpg also jpeg).
 *
 * @throws {PolicyError} for what is unknown, malformed, or looser than Connect itself: no setting is half obeyed
 */
export function parsePolicy(json: string | undefined): AttachmentPolicy {
  if (!json) return defaultPolicy;
  const wanted = parseObject(json);
  for (const name of Object.keys(wanted)) {
    if (!members.includes(name)) {
      throw new PolicyError(`The attachment policy knows ${members.join(", ")}, and nothing else.`);
    }
  }
  return {
    types: types(wanted["types"]),
    maxFileBytes: number(wanted, "maxFileBytes", connectMaxFileBytes),
    filesPerChat: number(wanted, "filesPerChat", connectFilesPerChat),
    bytesPerChat: number(wanted, "bytesPerChat", connectFilesPerChat * connectMaxFileBytes),
    rename: flag(wanted["rename"]),
  };
}

function parseObject(json: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    value = undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PolicyError(`The attachment policy must be JSON, such as ${example}.`);
  }
  return { ...value };
}

function types(value: unknown): readonly FileTypeName[] {
  if (value === undefined) return defaultPolicy.types;
  const known = fileTypeNames.flatMap((name) => row(name).extensions).join(", ");
  const names = Array.isArray(value)
    ? value.map((entry) => (typeof entry === "string" ? typeOfExtension(entry) : undefined))
    : [];
  const found = names.filter((name) => name !== undefined);
  if (found.length === 0 || found.length !== names.length) {
    throw new PolicyError(`types of the attachment policy must be a list of: ${known}.`);
  }
  return fileTypeNames.filter((name) => found.includes(name));
}

function number(
  wanted: Readonly<Record<string, unknown>>,
  name: "bytesPerChat" | "filesPerChat" | "maxFileBytes",
  max: number,
): number {
  const value = wanted[name] === undefined ? defaultPolicy[name] : wanted[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > max) {
    throw new PolicyError(`${name} of the attachment policy must be a whole number from 1 to ${max}.`);
  }
  return value;
}

function flag(value: unknown): boolean {
  if (value === undefined) return defaultPolicy.rename;
  if (typeof value !== "boolean") {
    throw new PolicyError("rename of the attachment policy must be true or false.");
  }
  return value;
}
