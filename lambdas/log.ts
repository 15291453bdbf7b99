/**
 * What a log line may say: this list and nothing else. No event, body, header, token or secret is ever logged; a
 * selector (the contact id) is no secret.
 */
export interface LogLine {
  readonly level: "info" | "warn" | "error";
  /** Lambda's, as in its own lines and the trace. */
  readonly requestId: string;
  /** The gateway's, which the client got as `x-amzn-RequestId`. Clients may choose it, so it is here only where it is a UUID. */
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
  /** Class name and AWS request id of the error behind it; its message may quote what was sent. */
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

/** An error for a log line: class and request id only, because an SDK's or a parser's message may quote what was sent. */
export function describeCause(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const requestId = "$metadata" in cause ? (cause.$metadata as { requestId?: string }).requestId : undefined;
  return requestId === undefined ? cause.name : `${cause.name} ${requestId}`;
}
