/** A setting of the deployment is missing or malformed; the message is one sentence that names it and shows an example. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** How a setting's value is read: from a string (`-c`, environment) or as the JSON value that cdk.json holds. */
export interface Expectation<T> {
  /** Completes "<setting> must be …": what is expected, with an example. */
  readonly expected: string;
  /** The value, or undefined where the given one is malformed. */
  readonly parse: (value: string) => T | undefined;
}

/** Reads a setting that has no default. @throws {ConfigError} when it is missing or malformed */
export function required<T>(
  setting: string,
  value: unknown,
  expectation: Expectation<T>,
  example: string,
): T {
  const read = optional(setting, value, expectation);
  if (read !== undefined) return read;
  throw new ConfigError(`${setting} is missing: set it, for example -c ${setting}=${example}.`);
}

/** Reads a setting that may be absent; an empty string counts as absent. @throws {ConfigError} when it is malformed */
export function optional<T>(
  setting: string,
  value: unknown,
  { expected, parse }: Expectation<T>,
): T | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const text = toText(value);
  const parsed = text === undefined ? undefined : parse(text.trim());
  if (parsed === undefined) throw new ConfigError(`${setting} must be ${expected}.`);
  return parsed;
}

/**
 * A JSON value of cdk.json as the text it would be on the command line, for settings that are JSON; text is left as
 * it is.
 */
export function asJson(value: unknown): unknown {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

/** Text that matches `pattern` as a whole. */
export function text(pattern: RegExp, expected: string): Expectation<string> {
  return { expected, parse: (value) => (pattern.test(value) ? value : undefined) };
}

/** `true` or `false`. */
export const flag: Expectation<boolean> = {
  expected: "true or false",
  parse: (value) => (value === "true" ? true : value === "false" ? false : undefined),
};

/** A whole number, both bounds included. */
export function wholeNumber(min: number, max: number, example: number): Expectation<number> {
  return {
    expected: `a whole number from ${min} to ${max}, such as ${example}`,
    parse: (value) => {
      const number = Number(value);
      return Number.isInteger(number) && number >= min && number <= max ? number : undefined;
    },
  };
}

/** A comma-separated list of at least one entry, each of which `accepts`. */
export function list(accepts: (entry: string) => boolean, expected: string): Expectation<readonly string[]> {
  return {
    expected,
    parse: (value) => {
      const entries = [...new Set(split(value))];
      return entries.length > 0 && entries.every(accepts) ? entries : undefined;
    },
  };
}

/** Comma-separated `name=value` pairs, no name twice; `toValue` answers undefined for a malformed value. */
export function pairs<T>(
  name: RegExp,
  toValue: (value: string) => T | undefined,
  expected: string,
): Expectation<Readonly<Record<string, T>>> {
  return {
    expected,
    parse: (value) => {
      const read: Record<string, T> = {};
      for (const entry of split(value)) {
        const separator = entry.indexOf("=");
        const key = entry.slice(0, Math.max(separator, 0)).trim();
        const parsed = toValue(entry.slice(separator + 1).trim());
        if (!name.test(key) || parsed === undefined || Object.hasOwn(read, key)) return undefined;
        read[key] = parsed;
      }
      return Object.keys(read).length > 0 ? read : undefined;
    },
  };
}

function split(value: string): readonly string[] {
  return value
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** cdk.json may hold a list as an array, and pairs or JSON as an object; each has one text form. */
function toText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value))
    return value.every((entry) => typeof entry === "string") ? value.join(",") : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  const isNested = entries.some(([, entry]) => typeof entry === "object");
  return isNested ? JSON.stringify(value) : entries.map(([name, entry]) => `${name}=${entry}`).join(",");
}
