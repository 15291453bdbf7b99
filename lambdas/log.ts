/**
 * What a log line may say: this list and nothing else. No event, body, header, token or secret is ever logged; a
 * selector (the contact id) is no secret.
 */
export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly requestId: string;
  readonly operation: string | undefined;
  readonly status: number;
  readonly milliseconds: number;
  readonly contactId?: string | undefined;
  readonly reason?: string | undefined;
  readonly detail?: string | undefined;
  /** Class name and AWS request id of the error behind it; its message may quote what was sent. */
  readonly cause?: string | undefined;
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
