import * as z from "zod/mini";
import type { Limit } from "./rate-limits/limits.ts";

/** A setting is missing or malformed; the message is one sentence that names it and shows an example. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

/** Where settings are read from: a function's environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Text that must be there. @throws {SettingError} where it is not, with `example` */
export function required(env: Environment, name: string, example: string): string {
  const value = env[name]?.trim();
  if (!value) throw new SettingError(`${name} is missing: set it, for example ${name}=${example}.`);
  return value;
}

/** The error of a setting that does not say what it must. `expectation` completes "<setting> must be …". */
export function malformed(name: string, expectation: string): SettingError {
  return new SettingError(`${name} must be ${expectation}.`);
}

/** The entries between commas; none where the setting is absent. */
export function list(value = ""): readonly string[] {
  return value
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** `true` or `false`, which is the default. @throws {SettingError} */
export function flag(env: Environment, name: string): boolean {
  const value = env[name] || "false";
  if (value !== "true" && value !== "false") throw malformed(name, "true or false");
  return value === "true";
}

/** With its offset: an instant without one would be another on each machine. */
const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** An ISO 8601 instant with its offset, in milliseconds since the epoch; 0 where it is absent. @throws {SettingError} */
export function instant(env: Environment, name: string): number {
  const value = env[name];
  if (!value) return 0;
  const milliseconds = instantForm.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw malformed(name, "an ISO 8601 instant with its offset, such as 2026-01-31T12:00:00Z");
  }
  return milliseconds;
}

/** A whole number, both bounds included. @throws {SettingError} */
export function wholeNumber(
  env: Environment,
  name: string,
  min: number,
  max: number,
  otherwise: number,
): number {
  const value = env[name];
  if (!value) return otherwise;
  const number = Number(value);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw malformed(name, `a whole number from ${min} to ${max}, such as ${otherwise}`);
  }
  return number;
}

const aboveZero = z.int().check(z.positive());
const givenLimit = z.strictObject({ intervalMs: aboveZero, burst: aboveZero });

/** Rate limits by name, as JSON: the given ones replace those of `defaults`. @throws {SettingError} */
export function limits<Name extends string>(
  env: Environment,
  name: string,
  defaults: Readonly<Record<Name, Limit>>,
): Readonly<Record<Name, Limit>> {
  const value = env[name];
  if (!value) return defaults;
  const [example] = Object.entries(defaults);
  try {
    const names = Object.keys(defaults) as Name[];
    const given = z.partialRecord(z.enum(names), givenLimit).parse(JSON.parse(value));
    return { ...defaults, ...given };
  } catch {
    throw malformed(
      name,
      `JSON by name with whole numbers above 0, such as ${JSON.stringify(Object.fromEntries(example ? [example] : []))}`,
    );
  }
}
