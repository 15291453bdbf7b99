import * as z from "zod/mini";

/** A schema of an operation's input: validates, and drops every member it does not name. */
export type InputSchema<Input> = z.ZodMiniType<Input>;

/**
 * A string of `min` to `max` characters, counted as the service model does (Unicode code points, not UTF-16 units). Refuses
 * NUL and lone surrogates: neither survives the way to an agent.
 */
export function text(min: number, max: number) {
  return z.string().check(
    z.refine((value) => value.length >= min, `Member must have length greater than or equal to ${min}`),
    z.refine((value) => !longerThan(value, max), `Member must have length less than or equal to ${max}`),
    z.refine(
      (value) => value.isWellFormed() && !value.includes("\0"),
      "Member must be well-formed text without NUL",
    ),
  );
}

/** A ClientToken that may be left out: up to 500 characters (service model, ClientToken). */
export const clientToken = z.optional(text(0, 500));

/** A ClientToken the operation demands: 1 to 500 characters (service model, NonEmptyClientToken). */
export const nonEmptyClientToken = text(1, 500);

/** An integer from `min` to `max`. */
export function integer(min: number, max: number) {
  return z.int().check(z.minimum(min), z.maximum(max));
}

/**
 * A list of 1 to `max` members. Its length is judged first: a body has room for a hundred thousand members, and each
 * that is wrong would be reported.
 */
export function list<Element extends z.core.SomeType>(element: Element, max: number) {
  const short = z.array(z.unknown()).check(z.minLength(1), z.maxLength(max));
  return z.pipe(short, z.array(element));
}

/** Whether a text has more than `max` characters, counted in Unicode code points. */
export function longerThan(value: string, max: number): boolean {
  return value.length > max && (value.length > max * 2 || [...value].length > max);
}
