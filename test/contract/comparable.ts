const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Members that hold a secret or an address, which differ from chat to chat. */
const opaque = new Set(["ConnectionToken", "NextToken", "Url"]);

/**
 * What a client saw, without what differs from one chat to the next: times are told from `startedAt` (milliseconds
 * since the epoch) on; ids, tokens and URLs are numbered as they appear, so that equal ones stay equal. Texts of errors
 * are left out: a listed difference of their own.
 */
export function comparable(seen: unknown, startedAt: number): unknown {
  const names = new Map<string, string>();
  function name(kind: string, value: string): string {
    const known = names.get(value) ?? `<${kind} ${names.size + 1}>`;
    names.set(value, known);
    return known;
  }
  const replaced = JSON.stringify(seen, (member, value: unknown) => {
    if (member === "error") return { ...(value as object), message: undefined };
    if (typeof value !== "string" || value === "") return value;
    if (opaque.has(member)) return name(member, value);
    if (time.test(value)) return `start + ${(Date.parse(value) - startedAt) / 1_000} s`;
    return value.replace(uuid, (id) => name("id", id));
  });
  return JSON.parse(replaced);
}
