import type { APIGatewayProxyEvent } from "aws-lambda";
import { ChatError } from "../errors.ts";
import { describeCause } from "../log.ts";
import { requestIdsOf } from "../request-ids.ts";
import type { Services } from "../services.ts";
import { upstreamCalls } from "../upstream-calls.ts";
import { sampleOf } from "./request-sample.ts";
import type { Routed, Step, WithHandle } from "./step.ts";

/**
 * One line per request, whatever came of it, but for preflights (the gateway's access log has them). Outermost, so
 * that it sees the answer that was really given. Speaks only through the allow-lists of log.ts and, for what is
 * counted, metrics.ts.
 */
export function logRequest({
  clock,
  log,
  metrics,
}: Pick<Services, "clock" | "log" | "metrics">): Step<Partial<Routed & WithHandle> & { startedAt?: number }> {
  return {
    before: function noteStart({ context }) {
      context.startedAt = clock.now();
    },
    after: function logAnswer({ event, context, response }) {
      const line = common(event, context);
      log({ level: "info", ...line, status: response?.statusCode ?? 0 });
      count(context, line.milliseconds, undefined);
    },
    onError: function logError({ event, context, error, response }) {
      const line = common(event, context);
      const status = response?.statusCode ?? 500;
      log({
        level: status >= 500 ? "error" : "warn",
        ...line,
        status,
        ...(error instanceof ChatError && {
          reason: error.reason,
          detail: error.detail,
          cause: describeCause(error.cause),
        }),
      });
      count(context, line.milliseconds, error ?? "unknown");
    },
  };

  function count({ route }: Partial<Routed>, milliseconds: number, error: unknown): void {
    const upstreamThrottles = upstreamCalls().throttles;
    metrics(sampleOf({ operation: route?.operation, milliseconds, error, upstreamThrottles }));
  }

  function common(
    event: APIGatewayProxyEvent,
    context: {
      readonly awsRequestId: string;
      readonly startedAt?: number;
    } & Partial<Routed & WithHandle>,
  ) {
    const { requestIds } = upstreamCalls();
    return {
      requestId: context.awsRequestId,
      ...requestIdsOf(event),
      ...(requestIds.length > 0 && { connectRequestIds: [...requestIds] }),
      operation: context.route?.operation,
      contactId: context.handle?.selector,
      milliseconds: clock.now() - (context.startedAt ?? clock.now()),
    };
  }
}
