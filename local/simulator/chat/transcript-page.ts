import type { Item } from "./contact.ts";

/** Where a page of the transcript starts. */
export type StartPosition = { id: string } | { absoluteTime: string } | { mostRecent: number };

/** Which way a page goes through the transcript: towards newer items, or towards older ones. */
export type Direction = "FORWARD" | "BACKWARD";

/** A page to select: forward from index `start` on, backward from the item before it. */
export type Page = { direction: Direction; start: number; maxResults: number };

/** The items of a page, oldest first, and where the next page starts, if there is one. */
export function selectFrom(transcript: Item[], { direction, start, maxResults }: Page) {
  if (direction === "FORWARD") {
    const end = Math.min(start + maxResults, transcript.length);
    return { items: transcript.slice(start, end), next: end < transcript.length ? end : undefined };
  }
  const from = Math.max(Math.min(start, transcript.length) - maxResults, 0);
  const more = transcript.length > 0 && from > 0;
  return { items: transcript.slice(from, start), next: more ? from : undefined };
}

/**
 * The `start` of the first page. Undefined for an Id that is not in the transcript or a time that is none.
 * Whether the item at the position belongs to the page is not documented, so the caller decides.
 */
export function startOf(
  transcript: Item[],
  position: StartPosition,
  direction: Direction,
  inclusive: boolean,
): number | undefined {
  if ("absoluteTime" in position) return startAtTime(transcript, position.absoluteTime, direction, inclusive);
  const index =
    "id" in position
      ? transcript.findIndex(({ Id }) => Id === position.id)
      : Math.max(transcript.length - position.mostRecent, 0);
  if (index < 0) return undefined;
  return index + (inclusive === (direction === "FORWARD") ? 0 : 1);
}

function startAtTime(
  transcript: Item[],
  text: string,
  direction: Direction,
  inclusive: boolean,
): number | undefined {
  const time = Date.parse(text);
  if (Number.isNaN(time)) return undefined;
  const countsEqualAsEarlier = inclusive !== (direction === "FORWARD");
  const later = transcript.findIndex(({ AbsoluteTime }) => {
    const at = Date.parse(AbsoluteTime);
    return countsEqualAsEarlier ? at > time : at >= time;
  });
  return later < 0 ? transcript.length : later;
}
