import { type ApiFunctionName, functionTimeouts } from "../routes.ts";
import type { Deadlined, Step } from "./step.ts";

/** What is kept back of Lambda's own time, in milliseconds, to give leases back and to say that it was too slow. */
const reserveMs = 2_000;

/**
 * Gives the request one AbortSignal for all its work, so that a slow upstream ends in our answer and not in the
 * gateway's.
 */
export function startDeadline(
  functionName: ApiFunctionName,
): Step<Deadlined & { stopDeadline?: () => void }> {
  const workMs = functionTimeouts[functionName].work * 1_000;
  return {
    before: function start({ context }) {
      const controller = new AbortController();
      const milliseconds = Math.min(workMs, context.getRemainingTimeInMillis() - reserveMs);
      const timer = setTimeout(() => controller.abort(), Math.max(0, milliseconds));
      context.signal = controller.signal;
      context.stopDeadline = () => clearTimeout(timer);
    },
    after: function stop({ context }) {
      context.stopDeadline?.();
    },
    onError: function stop({ context }) {
      context.stopDeadline?.();
    },
  };
}
