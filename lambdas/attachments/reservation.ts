import type { ItemUpdate } from "../sessions/session-item.ts";

/** A file's entry among its chat's reservations. */
export function reservationOf(attachmentId: string, bytes: number): string {
  return `${bytes}-${attachmentId}`;
}

/** The AttachmentId in an entry. */
export function attachmentIdIn(entry: string): string {
  return entry.slice(entry.indexOf("-") + 1);
}

/** The bytes in an entry. */
export function bytesIn(entry: string): number {
  return Number(entry.slice(0, entry.indexOf("-")));
}

/** Gives a reservation back, once: the file was refused, or never came. */
export function reservationsReleased(entry: string): ItemUpdate {
  return {
    UpdateExpression: "ADD af :less, ab :fewer DELETE ar :entries",
    ConditionExpression: "contains(ar, :entry)",
    ExpressionAttributeValues: {
      ":less": -1,
      ":fewer": -bytesIn(entry),
      ":entries": new Set([entry]),
      ":entry": entry,
    },
  };
}

/** Settles a reservation: the file is Connect's now, and stays counted. */
export function reservationSettled(entry: string): ItemUpdate {
  return {
    UpdateExpression: "DELETE ar :entries",
    ConditionExpression: "contains(ar, :entry)",
    ExpressionAttributeValues: { ":entries": new Set([entry]), ":entry": entry },
  };
}
