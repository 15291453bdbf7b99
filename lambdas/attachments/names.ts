import { invalid } from "../errors.ts";
import { allowedExtensions, extensionOf } from "./claim.ts";
import { typeOfExtension } from "./file-types.ts";
import { hidesCharacters } from "./hidden-characters.ts";
import {
  dots,
  encodedTricks,
  forbidden,
  isDevice,
  isExtension,
  maxNameLength,
  parentFolder,
} from "./name-parts.ts";
import type { AttachmentPolicy } from "./policy.ts";
import { repairName } from "./repair-name.ts";

/** The rules of a name, in the order a visitor is told of them: what breaks one, and the sentence it earns. */
const rules: readonly (readonly [breaks: (name: string) => boolean, sentence: string])[] = [
  [(name) => name.length === 0 || name.length > maxNameLength, `must have 1 to ${maxNameLength} characters`],
  [hidesCharacters, "must not contain invisible characters"],
  [(name) => name.search(forbidden) >= 0, 'must not contain any of < > : " | ? * / \\'],
  [(name) => name.search(encodedTricks) >= 0, "must not contain encoded characters"],
  [(name) => /^[.~\s]/u.test(name), "must not begin with a dot, a tilde or a space"],
  [(name) => /[.\s]$/u.test(name), "must not end with a dot or a space"],
  [(name) => name.search(parentFolder) >= 0, "must not contain two dots in a row"],
  [isDevice, "must not be the name of a device"],
  [(name) => !name.includes("."), "must have an extension"],
  [(name) => name.split(dots).slice(1, -1).some(isExtension), "must have one extension"],
];

/**
 * The name agents will see: in NFC, and otherwise as it was sent, or repaired where the policy says so. Refuses names that
 * lie to a reader, a path, a header or Windows, and any whose last extension is not one the policy has on.
 *
 * @throws {ChatError} 400 `AttachmentNameRefused`, or `AttachmentTypeRefused` for the extension
 */
export function checkName(name: string, policy: AttachmentPolicy): string {
  const normal = name.normalize("NFC");
  const broken = brokenRule(normal);
  const checked = policy.rename && broken ? repairName(normal) : normal;
  if (brokenRule(checked)) throw invalid("AttachmentNameRefused", `The name of the file ${broken}.`);
  const extension = extensionOf(checked);
  const type = /^[A-Za-z0-9]+$/.test(extension) ? typeOfExtension(extension) : undefined;
  if (!type || !policy.types.includes(type)) {
    throw invalid(
      "AttachmentTypeRefused",
      `Files of this type cannot be sent here. Allowed: ${allowedExtensions(policy)}.`,
    );
  }
  return checked;
}

function brokenRule(name: string): string | undefined {
  return rules.find(([breaks]) => breaks(name))?.[1];
}
