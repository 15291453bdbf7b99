import type { Context } from "aws-lambda";
import { toIsoTime } from "../clock.ts";
import { ChatError, causeOf } from "../errors.ts";
import { describeCause } from "../log.ts";
import { functionTimeouts } from "../routes.ts";
import { hashSubject } from "../start/subject-hash.ts";
import type { AuditLine } from "./audit.ts";
import { type Revocation, type RevocationTarget, readRevocation } from "./revocation-event.ts";
import type { RevocationServices } from "./revocation-services.ts";
import { type RevocationAnswer, revokeSessions } from "./revoke-sessions.ts";

/** The function that revokes. What it is invoked with is read before it is believed. */
export type RevocationHandler = (event: unknown, context: Context) => Promise<RevocationAnswer>;

/** What is kept back of the function's time, in milliseconds, to end what was begun, and then to answer. */
const reserveMs = (functionTimeouts.revoke.lambda - functionTimeouts.revoke.work) * 1_000;
const answerMs = 1_000;

/** Who may invoke the function may revoke: it asks no more, and writes down who says to ask, and why. */
export function createRevocationHandler(services: RevocationServices): RevocationHandler {
  const { audit, clock } = services;
  return async function revoke(event, context) {
    const line = () => ({ at: toIsoTime(clock.now()), requestId: context.awsRequestId });
    const {
      revoke: target,
      reason,
      by,
    } = readOr(event, (error) => {
      audit({ level: "warn", ...line(), event: "refused", detail: describe(error) });
    });
    const note = (rest: Pick<AuditLine, "level" | "event"> & Partial<AuditLine>) =>
      audit({ ...line(), by, reason, ...described(target), ...rest });
    const remainingMs = context.getRemainingTimeInMillis();
    const stopAt = clock.now() + remainingMs - reserveMs;
    const run = {
      requestId: context.awsRequestId,
      hasTime: () => clock.now() < stopAt,
      signal: AbortSignal.timeout(Math.max(0, remainingMs - answerMs)),
      note,
    };
    note({ level: "info", event: "asked" });
    try {
      const answer = await revokeSessions(services, target, run);
      note({ level: answer.remaining > 0 ? "warn" : "info", event: "answered", ...answer });
      return answer;
    } catch (error) {
      note({
        level: "error",
        event: "failed",
        detail: describe(error),
        cause: describeCause(causeOf(error)),
      });
      throw error;
    }
  };
}

function readOr(event: unknown, refused: (error: unknown) => void): Revocation {
  try {
    return readRevocation(event);
  } catch (error) {
    refused(error);
    throw error;
  }
}

function described(target: RevocationTarget): Pick<AuditLine, "target" | "contactId" | "subject"> {
  if ("contactId" in target) return { target: "session", contactId: target.contactId };
  return "subject" in target
    ? { target: "subject", subject: hashSubject(target.subject) }
    : { target: "all" };
}

function describe(error: unknown): string {
  return error instanceof ChatError ? (error.detail ?? error.message) : "unexpected";
}
