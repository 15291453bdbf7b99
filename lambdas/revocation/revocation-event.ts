import * as z from "zod/mini";
import { longerThan } from "../input/schemas.ts";
import { validateInput } from "../input/validate-input.ts";

/** Whose sessions are revoked. */
export type RevocationTarget =
  | { readonly contactId: string }
  /** `<issuer>|<sub>` */
  | { readonly subject: string }
  | { readonly all: true };

/** What the function is invoked with: `{"revoke":{"contactId":"…"},"reason":"…","by":"…"}`. */
export interface Revocation {
  readonly revoke: RevocationTarget;
  /** Why: for the record. */
  readonly reason: string;
  /** Who, as the caller says: AWS CloudTrail knows who invoked the function. */
  readonly by: string;
}

/** One line of text: it goes into the record. */
function line(max: number) {
  return z.string().check(
    z.refine((value) => value.trim() !== "", "Member must have a character that is not blank"),
    z.refine((value) => !longerThan(value, max), `Member must have length less than or equal to ${max}`),
    z.refine(
      (value) => value.isWellFormed() && !/\p{Cc}/u.test(value),
      "Member must be well-formed text without control characters",
    ),
  );
}

const contactId = z
  .string()
  .check(z.refine((value) => /^[A-Za-z0-9-]{1,256}$/.test(value), "Member must be a contact id"));

/** Strict: a target that names two things, or one that is misspelt, must not revoke something else than was meant. */
const revocation = z.strictObject({
  revoke: z.union([
    z.strictObject({ contactId }),
    z.strictObject({ subject: line(2_048) }),
    z.strictObject({ all: z.literal(true) }),
  ]),
  reason: line(500),
  by: line(200),
});

/** Reads an invocation. @throws {ChatError} 400 `InvalidInput` that names the member and never its value */
export function readRevocation(event: unknown): Revocation {
  return validateInput<Revocation>(revocation, event);
}
