import {
  connectFilesPerChat,
  connectMaxFileBytes,
  typeOfExtension,
} from "../lambdas/attachments/file-types.ts";
import type { Expectation } from "./setting-values.ts";

const isWholeNumber = (max: number) => (value: unknown) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max;

/** Members of a policy, and what each may be; none is demanded. */
const members: Readonly<Record<string, (value: unknown) => boolean>> = {
  types: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) => typeof entry === "string" && typeOfExtension(entry) !== undefined),
  maxFileBytes: isWholeNumber(connectMaxFileBytes),
  filesPerChat: isWholeNumber(connectFilesPerChat),
  bytesPerChat: isWholeNumber(connectFilesPerChat * connectMaxFileBytes),
  rename: (value) => typeof value === "boolean",
};

/**
 * What visitors may send, as JSON; the text is passed on to the attachments function, whose own reading
 * (lambdas/attachments/policy.ts) it must survive: a policy that is refused there would refuse every upload, after
 * the deployment.
 */
export const attachmentPolicy: Expectation<string> = {
  expected: `JSON with any of ${Object.keys(members).join(", ")}, none looser than Amazon Connect, such as {"types":["pdf","png"],"maxFileBytes":5000000,"filesPerChat":3}`,
  parse: (value) => {
    try {
      const policy: unknown = JSON.parse(value);
      if (typeof policy !== "object" || policy === null || Array.isArray(policy)) return undefined;
      const isValid = Object.entries(policy).every(
        ([name, member]) => Object.hasOwn(members, name) && members[name]?.(member),
      );
      return isValid ? JSON.stringify(policy) : undefined;
    } catch {
      return undefined;
    }
  },
};
