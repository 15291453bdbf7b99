import type { Context } from "aws-lambda";
import { causeOf } from "../errors.ts";
import { describeCause, type LogLine } from "../log.ts";
import { functionTimeouts } from "../routes.ts";
import { type ReaperReport, reapStarts } from "./reap-starts.ts";
import type { ReaperServices } from "./reaper-services.ts";

/** The function that finishes what starts left. What it is invoked with says nothing but that a minute has passed. */
export type ReaperHandler = (event: unknown, context: Context) => Promise<ReaperReport>;

/** What is kept back of the function's time, in milliseconds, to end what was begun. */
const reserveMs = (functionTimeouts.reaper.lambda - functionTimeouts.reaper.work) * 1_000;

/** Every run measures how far behind it is, also where there is nothing to do: silence is a reaper that does not run. */
export function createReaperHandler(services: ReaperServices): ReaperHandler {
  const { clock, log, metrics } = services;
  return async function reap(_event, context) {
    const startedAt = clock.now();
    const workMs = Math.max(0, context.getRemainingTimeInMillis() - reserveMs);
    const note = (line: Pick<LogLine, "level" | "contactId" | "detail">, error?: unknown) => {
      log({
        ...line,
        requestId: context.awsRequestId,
        operation: "reap-starts",
        status: error === undefined ? 200 : 500,
        milliseconds: clock.now() - startedAt,
        ...(error !== undefined && { cause: describeCause(causeOf(error)) }),
      });
    };
    const run = {
      hasTime: () => clock.now() < startedAt + workMs,
      signal: AbortSignal.timeout(workMs),
      note,
    };
    try {
      const report = await reapStarts(services, run);
      metrics({ values: { OrphanStarts: report.stopped, ReaperLag: report.lagMs } });
      return report;
    } catch (error) {
      note({ level: "error", detail: "the starts could not be searched" }, error);
      throw error;
    }
  };
}
