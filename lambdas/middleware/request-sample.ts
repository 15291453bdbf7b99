import { ChatError } from "../errors.ts";
import { unmatchedOperation } from "../metric-names.ts";
import type { RejectionReason, Sample } from "../metrics.ts";
import type { OperationName } from "../routes.ts";
import { SealBrokenError } from "../sessions/sealing.ts";

/** A request that was answered. */
export interface Answered {
  readonly operation: OperationName | undefined;
  readonly milliseconds: number;
  /** What it was refused for, or failed of; undefined where it succeeded. */
  readonly error: unknown;
  /** How many tries Amazon Connect throttled, whatever came of them. */
  readonly upstreamThrottles: number;
}

/** What is counted of a request. */
export function sampleOf({ operation, milliseconds, error, upstreamThrottles }: Answered): Sample {
  const reason = rejectionOf(error);
  return {
    operation: operation ?? unmatchedOperation,
    reason,
    values: {
      [outcomeOf(error)]: 1,
      Latency: milliseconds,
      ...(upstreamThrottles > 0 && { UpstreamThrottles: upstreamThrottles }),
      ...(isMisuse(error) && { HandleMisuse: 1 }),
      ...(isBrokenSeal(error) && { BrokenSeals: 1 }),
      ...(reason !== undefined && { AttachmentsRejected: 1 }),
    },
  };
}

type Outcome = "Succeeded" | "ClientErrors" | "ThrottledByUs" | "ThrottledByConnect" | "Failed";

/** Reasons of a 429 that Amazon Connect gave; the others are limits of ours. */
const connectThrottles = ["ServiceBusy", "TooManyChats"];

function outcomeOf(error: unknown): Outcome {
  if (error === undefined || error === null) return "Succeeded";
  if (!(error instanceof ChatError) || error.status >= 500) return "Failed";
  if (error.status !== 429) return "ClientErrors";
  return connectThrottles.includes(error.reason) ? "ThrottledByConnect" : "ThrottledByUs";
}

/** What the judge of sessions (sessions/judge-session.ts) says of handles that nobody was given. */
const misuse = ["wrong secret", "unknown selector"];

function isMisuse(error: unknown): boolean {
  return error instanceof ChatError && error.reason === "AccessDenied" && misuse.includes(error.detail ?? "");
}

function isBrokenSeal(error: unknown): boolean {
  return error instanceof ChatError && error.cause instanceof SealBrokenError;
}

/** Reasons about attachments that refuse no file: there is none yet, there are too many, or it was refused before. */
const noRejections = ["AttachmentNotUploaded", "AttachmentQuota", "AttachmentRefused"];

/**
 * By the form of its name and not from the list, which would put every reason into the functions that take no files;
 * a test compares the two.
 */
function rejectionOf(error: unknown): RejectionReason | undefined {
  if (!(error instanceof ChatError) || noRejections.includes(error.reason)) return undefined;
  return error.reason.startsWith("Attachment") ? (error.reason as RejectionReason) : undefined;
}
