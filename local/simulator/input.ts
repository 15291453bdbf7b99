import { type ErrorType, ServiceError } from "./errors.ts";

type Bounds = { min?: number; max?: number };
type Refusals = { missing: ErrorType; bounds: ErrorType };

/** How the participant service refuses input (API reference: ValidationException). */
export const participantRefusals: Refusals = {
  missing: "ValidationException",
  bounds: "ValidationException",
};

/** How the Connect service refuses input (API reference, StartChatContact: InvalidRequest, InvalidParameter). */
export const connectRefusals: Refusals = {
  missing: "InvalidRequestException",
  bounds: "InvalidParameterException",
};

/**
 * Reads the members of a JSON body under the constraints of the service model.
 * Each reader throws the service's error: SerializationException for a wrong JSON type, as AWS's parsers do,
 * otherwise what the `Refusals` of the service say, in AWS's wording.
 */
export class Input {
  readonly #body: Record<string, unknown>;
  readonly #refusals: Refusals;
  readonly #path: string;

  constructor(body: unknown, refusals: Refusals, path = "") {
    if (typeof body !== "object" || body === null || Array.isArray(body)) {
      throw new ServiceError("SerializationException", "Start of structure or map expected");
    }
    this.#body = Object.fromEntries(Object.entries(body));
    this.#refusals = refusals;
    this.#path = path;
  }

  /** A required string with its bounds in characters. */
  text(name: string, bounds: Bounds): string {
    return this.optionalText(name, bounds) ?? this.#missing(name);
  }

  /** A string that may be absent or null. */
  optionalText(name: string, { min = 0, max = Number.POSITIVE_INFINITY }: Bounds): string | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (typeof value !== "string") throw this.#wrongType(name, "String");
    const length = [...value].length;
    if (length < min) throw this.refuse(name, `Member must have length greater than or equal to ${min}`);
    if (length > max) throw this.refuse(name, `Member must have length less than or equal to ${max}`);
    return value;
  }

  /** A string out of a list, or absent. */
  optionalChoice<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.optionalText(name, {});
    if (value === undefined) return undefined;
    const choice = allowed.find((candidate) => candidate === value);
    if (choice === undefined) {
      throw this.refuse(name, `Member must satisfy enum value set: [${allowed.join(", ")}]`);
    }
    return choice;
  }

  /** A required whole number with its bounds. */
  wholeNumber(name: string, bounds: Bounds): number {
    return this.optionalWholeNumber(name, bounds) ?? this.#missing(name);
  }

  /** A whole number that may be absent or null. */
  optionalWholeNumber(name: string, { min, max }: Bounds): number | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !Number.isSafeInteger(value)) throw this.#wrongType(name, "Long");
    if (min !== undefined && value < min) {
      throw this.refuse(name, `Member must have value greater than or equal to ${min}`);
    }
    if (max !== undefined && value > max) {
      throw this.refuse(name, `Member must have value less than or equal to ${max}`);
    }
    return value;
  }

  /** A boolean; false where it is absent or null. */
  flag(name: string): boolean {
    const value = this.#value(name);
    if (value === undefined) return false;
    if (typeof value !== "boolean") throw this.#wrongType(name, "Boolean");
    return value;
  }

  /** A list of strings with its bounds in entries, or absent. */
  optionalTexts(name: string, { min = 0, max = Number.POSITIVE_INFINITY }: Bounds): string[] | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every((entry) => typeof entry === "string")) {
      throw this.#wrongType(name, "List of String");
    }
    if (value.length < min)
      throw this.refuse(name, `Member must have length greater than or equal to ${min}`);
    if (value.length > max) throw this.refuse(name, `Member must have length less than or equal to ${max}`);
    return value;
  }

  /** A required list of strings. */
  texts(name: string, bounds: Bounds): string[] {
    return this.optionalTexts(name, bounds) ?? this.#missing(name);
  }

  /** A required nested structure. */
  structure(name: string): Input {
    return this.optionalStructure(name) ?? this.#missing(name);
  }

  /** A nested structure that may be absent or null. */
  optionalStructure(name: string): Input | undefined {
    const value = this.#value(name);
    return value === undefined ? undefined : new Input(value, this.#refusals, this.#label(name));
  }

  /** The map of strings that this structure is. */
  asTexts(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.#body).map((name) => [name, this.text(name, {})]));
  }

  /** The error for a member that breaks a rule, in AWS's wording. */
  refuse(name: string, constraint: string): ServiceError {
    const at = this.#label(name);
    return new ServiceError(
      this.#refusals.bounds,
      `1 validation error detected: Value at '${at}' failed to satisfy constraint: ${constraint}`,
    );
  }

  #value(name: string): unknown {
    return Object.hasOwn(this.#body, name) ? (this.#body[name] ?? undefined) : undefined;
  }

  #missing(name: string): never {
    const at = this.#label(name);
    throw new ServiceError(
      this.#refusals.missing,
      `1 validation error detected: Value null at '${at}' failed to satisfy constraint: Member must not be null`,
    );
  }

  #wrongType(name: string, expected: string): ServiceError {
    return new ServiceError(
      "SerializationException",
      `'${this.#label(name)}' can not be converted to ${expected}`,
    );
  }

  #label(name: string): string {
    const member = name.charAt(0).toLowerCase() + name.slice(1);
    return this.#path === "" ? member : `${this.#path}.${member}`;
  }
}
