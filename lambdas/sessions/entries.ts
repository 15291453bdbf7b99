/**
 * Tickets and sockets are kept in sets of texts `<end in milliseconds>-<name>`, so that one that was left behind is
 * known by its end alone.
 */

/** The entries that have ended by `now`. */
export function endedEntries(entries: ReadonlySet<string> | undefined, now: number): readonly string[] {
  return [...(entries ?? [])].filter((entry) => endOf(entry) <= now);
}

/** The entries that have not. */
export function lastingEntries(entries: ReadonlySet<string> | undefined, now: number): readonly string[] {
  return [...(entries ?? [])].filter((entry) => endOf(entry) > now);
}

/** API Gateway closes every socket after two hours (quotas for WebSocket APIs: connection duration). In milliseconds. */
export const socketLifeMs = 2 * 3_600_000;

/** The entry of a socket that is opened at `now`. */
export function socketEntry(connectionId: string, now: number): string {
  return `${now + socketLifeMs}-${connectionId}`;
}

/** When the socket of an entry was opened, in milliseconds since the epoch. */
export function openedAt(entry: string): number {
  return endOf(entry) - socketLifeMs;
}

/** The connection id in a socket's entry. */
export function connectionIdOf(entry: string): string {
  return entry.slice(entry.indexOf("-") + 1);
}

function endOf(entry: string): number {
  return Number(entry.slice(0, entry.indexOf("-")));
}
