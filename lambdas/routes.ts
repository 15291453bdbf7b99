/** A Lambda function behind the HTTPS API: a trust boundary, not an operation (docs/architecture.md). */
export type ApiFunctionName = "start-chat" | "connection" | "chat" | "attachments";

/**
 * A Lambda function of the deployment. Three serve no route of this table: `relay` has the WebSocket API and the SNS
 * topic, `reaper` a schedule, and `revoke` is invoked by the owner alone.
 */
export type FunctionName = ApiFunctionName | "reaper" | "relay" | "revoke";

/** Which session handle a route demands in `X-Amz-Bearer`; `none` for routes that open no session. */
export type RequiredHandle = "participant" | "connection" | "none";

/**
 * The rate-limit cell a route draws on (numbers: rate-limits/limits.ts). `by-event-type`: typing, receipts and
 * acknowledgements each have a cell of their own. `none`: not limited per session.
 */
export type RouteLimit =
  | "message"
  | "by-event-type"
  | "transcript"
  | "connection"
  | "disconnect"
  | "start-upload"
  | "complete-upload"
  | "get-attachment"
  | "none";

/** The columns of the route table. */
interface RouteColumns {
  readonly method: "GET" | "POST";
  /** Path template in API Gateway's notation; the Participant Service's own paths (API version 2018-09-07). */
  readonly path: string;
  /** File name, without `.ts`, in operations/ (and in the simulator and the tests). */
  readonly operation: string;
  readonly function: ApiFunctionName;
  readonly handle: RequiredHandle;
  readonly limit: RouteLimit;
}

/**
 * THE TABLE: every path the API serves. The CDK stack, the local gateway and the functions all read it, so a route
 * exists everywhere or nowhere.
 */
// biome-ignore format: a table reads by its columns
export const routes = [
  { method: "GET", path: "/health", operation: "health", function: "chat", handle: "none", limit: "none" },
  { method: "POST", path: "/chat", operation: "start-chat-contact", function: "start-chat", handle: "none", limit: "none" },
  { method: "POST", path: "/participant/connection", operation: "create-participant-connection", function: "connection", handle: "participant", limit: "connection" },
  { method: "POST", path: "/participant/message", operation: "send-message", function: "chat", handle: "connection", limit: "message" },
  { method: "POST", path: "/participant/event", operation: "send-event", function: "chat", handle: "connection", limit: "by-event-type" },
  { method: "POST", path: "/participant/transcript", operation: "get-transcript", function: "chat", handle: "connection", limit: "transcript" },
  { method: "POST", path: "/participant/disconnect", operation: "disconnect-participant", function: "chat", handle: "connection", limit: "disconnect" },
  { method: "POST", path: "/participant/start-attachment-upload", operation: "start-attachment-upload", function: "attachments", handle: "connection", limit: "start-upload" },
  { method: "POST", path: "/participant/complete-attachment-upload", operation: "complete-attachment-upload", function: "attachments", handle: "connection", limit: "complete-upload" },
  { method: "POST", path: "/participant/attachment", operation: "get-attachment", function: "attachments", handle: "connection", limit: "get-attachment" },
  { method: "GET", path: "/participant/views/{ViewToken}", operation: "describe-view", function: "chat", handle: "none", limit: "none" },
  { method: "POST", path: "/participant/authentication-url", operation: "get-authentication-url", function: "chat", handle: "none", limit: "none" },
  { method: "POST", path: "/participant/cancel-authentication", operation: "cancel-participant-authentication", function: "chat", handle: "none", limit: "none" },
] as const satisfies readonly RouteColumns[];

/** An operation's name, as its files are called in every tree. */
export type OperationName = (typeof routes)[number]["operation"];

/** One row of the route table. */
export interface Route extends RouteColumns {
  readonly operation: OperationName;
}

/**
 * Time a function may take, in seconds: the gateway gives up last, then Lambda, then the work itself (its deadline is
 * `work`, or two seconds before Lambda's, whichever comes first), so that a slow upstream ends in our answer and not
 * in the gateway's.
 */
export const functionTimeouts: Readonly<
  Record<FunctionName, { gateway: number; lambda: number; work: number }>
> = {
  "start-chat": { gateway: 12, lambda: 10, work: 8 },
  connection: { gateway: 12, lambda: 10, work: 8 },
  chat: { gateway: 12, lambda: 10, work: 8 },
  attachments: { gateway: 29, lambda: 26, work: 24 },
  // Nobody waits for it. One run is over before the next begins, a minute later.
  reaper: { gateway: 55, lambda: 50, work: 40 },
  relay: { gateway: 29, lambda: 20, work: 18 },
  // Its gateway is whoever waits for the answer: local/revoke.
  revoke: { gateway: 65, lambda: 60, work: 50 },
};
