/**
 * What DynamoDB counts of an item in bytes, about: names, texts, bytes, and for a number a byte for every two digits
 * and one.
 */
export function itemSize(item: object): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + name.length + valueSize(value), 0);
}

function valueSize(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  if (typeof value === "number") return Math.ceil(String(value).length / 2) + 1;
  if (value instanceof Set) return [...value].reduce((sum: number, each) => sum + valueSize(each), 0);
  return typeof value === "object" && value !== null ? 3 + itemSize(value) : String(value).length;
}
