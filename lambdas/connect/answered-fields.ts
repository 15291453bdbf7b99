import { unavailable } from "../errors.ts";

/**
 * Picks `names` from an answer of Connect: named one by one, so that nothing reaches a client unread.
 *
 * @throws {ChatError} 503 when Connect left one of them out
 */
export function answeredFields<Output extends object, Name extends keyof Output & string>(
  answer: Output,
  ...names: readonly Name[]
): { [Key in Name]: NonNullable<Output[Key]> } {
  const picked: Partial<{ [Key in Name]: NonNullable<Output[Key]> }> = {};
  for (const name of names) {
    const value = answer[name];
    if (value === undefined || value === null) throw unavailable(`Connect's answer lacks ${name}`);
    picked[name] = value;
  }
  return picked as { [Key in Name]: NonNullable<Output[Key]> };
}
