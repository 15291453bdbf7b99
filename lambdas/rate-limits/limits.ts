/** One rate limit of one session: on average one request per `intervalMs` milliseconds, up to `burst` at once. */
export interface Limit {
  readonly intervalMs: number;
  readonly burst: number;
}

/**
 * The limits of one session, by cell. Chosen so that a normal client never meets them, and no session can take more
 * than a tenth of any of Amazon Connect's default quotas over a minute (a whole instance has 10 messages a second).
 * Replaced cell by cell by the setting RATE_LIMITS.
 */
export const defaultLimits = {
  /** A fast typist. */
  message: { intervalMs: 1_200, burst: 5 },
  /** chatjs sends one every 10 s. */
  typing: { intervalMs: 6_000, burst: 2 },
  /** One receipt of each kind per message of the agent. */
  delivered: { intervalMs: 5_000, burst: 3 },
  read: { intervalMs: 5_000, burst: 3 },
  /** One per connection. */
  acknowledged: { intervalMs: 5_000, burst: 3 },
  /** Chat widgets ask twice at load; five tabs may be restored at once. */
  transcript: { intervalMs: 1_600, burst: 10 },
  /** Page loads and lost sockets. */
  connection: { intervalMs: 5_000, burst: 10 },
  /** Beyond `connection`: answered slowly (see connectionWaitMs), in turn; five tabs may wait at a time. */
  "connection-wait": { intervalMs: 1_500, burst: 5 },
  /** Counts calls upstream alone: an ended chat is answered from state. Two tries each make 16 a minute at most. */
  disconnect: { intervalMs: 20_000, burst: 5 },
  "start-upload": { intervalMs: 10_000, burst: 5 },
  "complete-upload": { intervalMs: 10_000, burst: 5 },
  /** A page that shows ten pictures. */
  "get-attachment": { intervalMs: 2_000, burst: 10 },
} as const satisfies Readonly<Record<string, Limit>>;

/**
 * Those of the mode `direct`, where each connection asks Connect for one: 22 and 14 in a minute are a tenth of its
 * quota of six a second.
 */
export const directLimits = {
  ...defaultLimits,
  "connection-wait": { intervalMs: 4_800, burst: 2 },
} as const satisfies Limits;

/**
 * The limits of starting chats, of one principal each: somebody who signed in, or an IPv4 address or IPv6 /64, which
 * may be a whole office's. Replaced one by one by the setting START_LIMITS.
 */
export const defaultStartLimits = {
  /** 20 at once, and one more every 30 seconds: at most 39 in any ten minutes. */
  address: { intervalMs: 30_000, burst: 20 },
  /** Three at once, and one more every 200 seconds: at most five in any ten minutes. */
  subject: { intervalMs: 200_000, burst: 3 },
} as const satisfies Readonly<Record<string, Limit>>;

/** The limit of each kind of principal. */
export type StartLimits = Readonly<Record<keyof typeof defaultStartLimits, Limit>>;

/** A counter of one session with a limit of its own. */
export type Cell = keyof typeof defaultLimits;

/** The limit of each cell. */
export type Limits = Readonly<Record<Cell, Limit>>;

/**
 * How long a connection request beyond its limit waits at least before it is served, in milliseconds. Chat clients
 * end the chat when this one operation fails, and loop on it when their socket fails: waiting slows them, refusing
 * kills them.
 */
export const connectionWaitMs = 2_000;
