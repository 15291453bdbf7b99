/**
 * What the record of revocations says: this list and nothing else. Nothing of a visitor but the contact's id and, for a
 * subject, the hash that its sessions are found by. The owner's own words are `by` and `reason`.
 */
export interface AuditLine {
  readonly level: "info" | "warn" | "error";
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly requestId: string;
  /**
   * `asked` before anything is done, so that a function that dies has left word; `refused`: no revocation could be
   * read.
   */
  readonly event:
    | "asked"
    | "session-ended"
    | "contact-stopped"
    | "session-left"
    | "answered"
    | "failed"
    | "refused";
  readonly by?: string;
  readonly reason?: string;
  readonly target?: "session" | "subject" | "all";
  /** Hash (start/subject-hash.ts). */
  readonly subject?: string;
  readonly contactId?: string;
  /** Why something is left, or failed. */
  readonly detail?: string | undefined;
  /** Class name and AWS request id of the error behind it (log.ts). */
  readonly cause?: string | undefined;
  readonly revoked?: number;
  readonly socketsClosed?: number;
  readonly contactsStopped?: number;
  readonly remaining?: number;
}

/** Takes lines of the record. */
export type Audit = (line: AuditLine) => void;

/** One line of JSON on standard output, where Lambda collects it. */
export const writeAudit: Audit = (line) => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
