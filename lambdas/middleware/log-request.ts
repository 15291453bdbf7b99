import { ChatError } from "../errors.ts";
import { describeCause } from "../log.ts";
import type { Services } from "../services.ts";
import type { Routed, Step, WithHandle } from "./step.ts";

/**
 * One line per request, whatever came of it, but for preflights (the gateway's access log has them). Outermost, so that it sees the answer that was really given. Speaks only
 * through the allow-list of log.ts.
 */
export function logRequest({
  clock,
  log,
}: Pick<Services, "clock" | "log">): Step<Partial<Routed & WithHandle> & { startedAt?: number }> {
  return {
    before: function noteStart({ context }) {
      context.startedAt = clock.now();
    },
    after: function logAnswer({ context, response }) {
      log({ level: "info", ...common(context), status: response?.statusCode ?? 0 });
    },
    onError: function logError({ context, error, response }) {
      const status = response?.statusCode ?? 500;
      log({
        level: status >= 500 ? "error" : "warn",
        ...common(context),
        status,
        ...(error instanceof ChatError && {
          reason: error.reason,
          detail: error.detail,
          cause: describeCause(error.cause),
        }),
      });
    },
  };

  function common(
    context: {
      readonly awsRequestId: string;
      readonly startedAt?: number;
    } & Partial<Routed & WithHandle>,
  ) {
    return {
      requestId: context.awsRequestId,
      operation: context.route?.operation,
      contactId: context.handle?.selector,
      milliseconds: clock.now() - (context.startedAt ?? clock.now()),
    };
  }
}
