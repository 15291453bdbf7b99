/**
 * The parameters of a query string, each with all its values; null where there are none, as in API Gateway's events.
 *
 * @param query as sent, without the question mark
 */
export function parseQuery(query: string): Record<string, string[]> | null {
  const parameters = new URLSearchParams(query);
  const names = [...new Set(parameters.keys())];
  return names.length > 0 ? Object.fromEntries(names.map((name) => [name, parameters.getAll(name)])) : null;
}
