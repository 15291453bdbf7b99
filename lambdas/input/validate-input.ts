import * as z from "zod/mini";
import { type ChatError, invalid } from "../errors.ts";
import { type InputSchema, longerThan } from "./schemas.ts";

/**
 * Checks `value` against an operation's schema.
 *
 * @throws {ChatError} 400 `InvalidInput`, in the words of AWS's own services: which member, which constraint, never
 * the value
 */
export function validateInput<Input>(schema: InputSchema<Input>, value: unknown): Input {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return result.data;
  throw refused(result.error.issues);
}

/** The 400 for a member that fails a rule of ours, in the same words. */
export function invalidMember(reason: string, path: string, constraint: string): ChatError {
  return invalid(
    reason,
    `1 validation error detected: Value at '${path}' failed to satisfy constraint: ${constraint}`,
  );
}

/** Refuses a text of more than `max` characters: a limit that a setting makes lower than the service model's. */
export function refuseLonger(path: string, value: string, max: number): void {
  if (longerThan(value, max)) {
    throw invalidMember("InvalidInput", path, `Member must have length less than or equal to ${max}`);
  }
}

/** A few failures tell as much as ten thousand. */
const maximumReported = 5;

function refused(issues: readonly z.core.$ZodIssue[]): ChatError {
  const sentences = issues
    .slice(0, maximumReported)
    .map((issue) => `Value at '${pathOf(issue)}' failed to satisfy constraint: ${constraintOf(issue)}`);
  const errors = issues.length === 1 ? "error" : "errors";
  return invalid("InvalidInput", `${issues.length} validation ${errors} detected: ${sentences.join("; ")}`);
}

/** Members are named down to where the client chooses the names: below that, a path would repeat its words. */
function pathOf({ path }: z.core.$ZodIssue): string {
  return path.length === 0 ? "body" : path.slice(0, path[0] === "Attributes" ? 1 : 3).join(".");
}

function constraintOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "Member must not be null"
        : `Member must be ${article(issue.expected)}`;
    case "invalid_value":
      return `Member must satisfy enum value set: [${issue.values.join(", ")}]`;
    case "too_big":
      return `Member must ${measure(issue.origin)} less than or equal to ${issue.maximum}`;
    case "too_small":
      return `Member must ${measure(issue.origin)} greater than or equal to ${issue.minimum}`;
    case "custom":
      return issue.message;
    default:
      return "Member must be valid";
  }
}

function article(expected: string): string {
  const noun = expected === "int" ? "integer" : expected;
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

function measure(origin: string): string {
  return origin === "array" ? "have length" : "have value";
}
