import type { ItemUpdate, SessionAttributes } from "./session-item.ts";

// The expressions on a session's item that are about its sockets; session-item.ts tells what the attributes are.

/** What a socket must prove to be opened, and what it takes. */
export interface SocketTerms {
  /** The ticket, as the item keeps it. */
  readonly ticket: string;
  /** The socket's own entry. */
  readonly socket: string;
  readonly now: number;
  /** Until when it keeps the connection handle alive. */
  readonly openUntil: number;
  /** Sessions created before this are revoked. */
  readonly validFrom: number;
  /** Sockets that one chat may have. */
  readonly most: number;
}

/**
 * Takes the ticket and adds the socket, where there is room for it. A socket that is there already was added by a try
 * whose answer was lost.
 */
export function socketOpened(terms: SocketTerms): ItemUpdate {
  return {
    UpdateExpression: "SET ox = :openUntil ADD so :socket DELETE tk :tickets",
    ConditionExpression: [
      "st = :active AND ax > :now AND ca >= :validFrom",
      "(contains(so, :entry) OR (contains(tk, :ticket) AND (attribute_not_exists(so) OR size(so) < :most)))",
    ].join(" AND "),
    ExpressionAttributeValues: {
      ":active": "a",
      ":now": terms.now,
      ":validFrom": terms.validFrom,
      ":openUntil": terms.openUntil,
      ":ticket": terms.ticket,
      ":tickets": new Set([terms.ticket]),
      ":entry": terms.socket,
      ":socket": new Set([terms.socket]),
      ":most": terms.most,
    },
  };
}

/** From now on the socket is sent the chat's items. */
export function socketSubscribed(socket: string, now: number): ItemUpdate {
  return {
    UpdateExpression: "SET sf = if_not_exists(sf, :now) ADD sb :sockets",
    ConditionExpression: "st = :active AND contains(so, :socket)",
    ExpressionAttributeValues: {
      ":active": "a",
      ":now": now,
      ":socket": socket,
      ":sockets": new Set([socket]),
    },
  };
}

/** The sockets are gone. */
export function socketsClosed(sockets: readonly string[]): ItemUpdate {
  return {
    UpdateExpression: "DELETE so :sockets, sb :sockets",
    ConditionExpression: "attribute_exists(so)",
    ExpressionAttributeValues: { ":sockets": new Set(sockets) },
  };
}

/**
 * The last socket is gone: the connection handle has its idle time again. Unless another was opened since `seen`: it
 * moved `ox`, or, within the same millisecond, left the set greater.
 *
 * @param seen the item's mark and sockets, of which none is open
 */
export function lastSocketClosed(
  { ox, so }: Pick<SessionAttributes, "ox" | "so">,
  idleUntil: number,
): ItemUpdate {
  return {
    UpdateExpression: "SET ix = :idleUntil REMOVE ox",
    ConditionExpression: `st = :active AND ox = :ox AND ${so ? "size(so) = :left" : "attribute_not_exists(so)"}`,
    ExpressionAttributeValues: {
      ":active": "a",
      ":idleUntil": idleUntil,
      ":ox": ox,
      ...(so && { ":left": so.size }),
    },
  };
}

/**
 * Changes nothing; holds where the ticket would open a socket. It may be compared, but not read
 * (relay/relay-rights.ts).
 */
export function ticketHeld(ticket: string): ItemUpdate {
  return {
    UpdateExpression: "SET st = :active",
    ConditionExpression: "st = :active AND contains(tk, :ticket)",
    ExpressionAttributeValues: { ":active": "a", ":ticket": ticket },
  };
}

/** Drops tickets that nobody came with in time. */
export function ticketsDropped(tickets: readonly string[]): ItemUpdate {
  return {
    UpdateExpression: "DELETE tk :tickets",
    ConditionExpression: "attribute_exists(tk)",
    ExpressionAttributeValues: { ":tickets": new Set(tickets) },
  };
}
