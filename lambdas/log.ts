import { codePlace } from "./code-place.ts";

/**
 * What a log line may say: this list and nothing else. No event, body, header, token or secret is ever logged; a
 * selector (the contact id) is no secret.
 */
export interface LogLine {
  readonly level: "info" | "warn" | "error";
  /** Lambda's, as in its own lines and the trace. */
  readonly requestId: string;
  /**
   * The gateway's, which the client got as `x-amzn-RequestId`. Clients may choose it, so it is here only where it is
   * a UUID.
   */
  readonly gatewayRequestId?: string | undefined;
  /** The gateway's own, which nobody else chooses: `x-amz-apigw-id`. */
  readonly extendedRequestId?: string | undefined;
  /** The client's, the same for every try of one call: its `amz-sdk-invocation-id`, where that is a UUID. */
  readonly invocationId?: string | undefined;
  readonly operation: string | undefined;
  readonly status: number;
  readonly milliseconds: number;
  readonly contactId?: string | undefined;
  readonly reason?: string | undefined;
  readonly detail?: string | undefined;
  /**
   * Class name of the error behind it, and its AWS request id or its place in our code; its message may quote what
   * was sent.
   */
  readonly cause?: string | undefined;
  /** AWS request ids of the tries at Amazon Connect that were answered, of success too. */
  readonly connectRequestIds?: readonly string[] | undefined;
}

/** Takes log lines. */
export type Log = (line: LogLine) => void;

/** One line of JSON on standard output, where Lambda collects it. */
export const writeLog: Log = (line) => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/**
 * An error for a log line, `ThrottlingException <request id>` or, where a place is known, `TypeError at
 * lambdas/chain.ts:12`: no message, because an SDK's or a parser's may quote what was sent.
 */
export function describeCause(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const requestId =
    "$metadata" in cause ? (cause.$metadata as { requestId?: string } | undefined)?.requestId : undefined;
  if (requestId !== undefined) return `${cause.name} ${requestId}`;
  const place = codePlace(cause);
  return place === undefined ? cause.name : `${cause.name} at ${place}`;
}
