import type { Cell } from "../rate-limits/limits.ts";
import type { Lease } from "./lease.ts";

/**
 * The one item of a chat, as the table holds it. Names are short because every admission pays for the item's size.
 * All times are milliseconds since the epoch but `ttl`. The other session-*.ts hold the expressions on it.
 */
export interface SessionAttributes {
  /** InitialContactId. */
  readonly pk: string;
  /** `a` active; `e` ended: disconnected, revoked, or found over at Connect. Nothing leads back to `a`. */
  readonly st: "a" | "e";
  /** Created. */
  readonly ca: number;
  /** Absolute expiry: the end of the chat's duration. */
  readonly ax: number;
  /** When DynamoDB may remove the item, epoch seconds. */
  readonly ttl: number;
  /** Hash of the participant secret. */
  readonly hp: Uint8Array;
  /** Hash of the connection secret of generation `g`. */
  readonly hc: Uint8Array;
  readonly g: number;
  /** Idle expiry of the connection handle; every admission moves it on. */
  readonly ix: number;
  /**
   * For how long the connection handle lives without use, where that is not as the deployment says: of a chat that
   * was started in the mode `direct`.
   */
  readonly il?: number;
  /** Until when an open socket of ours keeps the connection handle alive, however quiet the chat is. Absent without one. */
  readonly ox?: number;
  /** `r`: Connect streams this chat's items to the relay. Absent for a chat that was started in the mode `direct`. */
  readonly sm?: "r";
  /** Somebody asked for a socket: items wait for the first. A program that only reads the transcript never does. */
  readonly aw?: 1;
  /** Tickets that open a socket, each once: `<expiry>-<hash>`. */
  readonly tk?: ReadonlySet<string>;
  /** Sockets of this chat: `<latest end>-<connection id>` (sessions/entries.ts). */
  readonly so?: ReadonlySet<string>;
  /** Those of `so` that subscribed to the chat's items. */
  readonly sb?: ReadonlySet<string>;
  /** When the first socket subscribed. */
  readonly sf?: number;
  /** When the end of the chat was sent to the sockets: nothing follows it. */
  readonly ce?: number;
  /** Request id of the revocation that ended the session. Gone once its sockets are closed and its contact is stopped. */
  readonly rv?: string;
  /** Hash of the subject that the chat was started for (start/subject-hash.ts). Absent where nobody signed in. */
  readonly su?: string;
  /** Files in the chat's quota, those on their way included, and their bytes. */
  readonly af?: number;
  readonly ab?: number;
  /** Files on their way: `<bytes>-<AttachmentId>` (attachments/reservation.ts). */
  readonly ar?: ReadonlySet<string>;
  /** The sealing key, wrapped for the connection handle of generation `g`. Gone once ended, like `pt` and `ct`. */
  readonly wc?: Uint8Array;
  /** Connect's participant token, sealed. */
  readonly pt?: Uint8Array;
  /** Connect's connection token, sealed. Absent until the first connection. */
  readonly ct?: Uint8Array;
  /** Version of `ct`, part of its seal; 0 while there is none. */
  readonly cv: number;
  /** Expiry of `ct` at Connect. */
  readonly cx?: number;
  /** Until when one request is renewing `ct`. */
  readonly rl?: Lease;
  /** Until when `ct` is too new to be renewed. */
  readonly rn?: number;
  /** Until when one request is disconnecting the participant. */
  readonly dl?: Lease;
}

/** The item, with the theoretical arrival times of its rate-limit cells: one attribute `t-<cell>` each. */
export type SessionItem = SessionAttributes & { readonly [C in Cell as `t-${C}`]?: number };

/** A conditional update of one item, without the table's name and the key. */
export interface ItemUpdate {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** The attribute that holds a cell's theoretical arrival time. */
export function tatAttribute(cell: Cell): `t-${Cell}` {
  return `t-${cell}`;
}
