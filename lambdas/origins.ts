/** Whether an origin is one of the allowed, compared whole: scheme, host and port; a port of `*` (settings.ts) is any. */
export function originMatcher(allowed: readonly string[]): (origin: string) => boolean {
  const anyPort = new Set(allowed.filter((entry) => entry.endsWith(":*")).map((entry) => entry.slice(0, -2)));
  const exact = new Set(allowed.filter((entry) => !entry.endsWith(":*")));
  return (origin) => exact.has(origin) || anyPort.has(origin.replace(/:\d{1,5}$/, ""));
}
