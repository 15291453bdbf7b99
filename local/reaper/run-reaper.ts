import { randomUUID } from "node:crypto";
import { functionTimeouts } from "../../lambdas/routes.ts";
import { type GatewayClock, machineClock } from "../gateway/clock.ts";
import { type Invoke, invokeInTime } from "../gateway/invoke-in-time.ts";
import { scheduledEvent } from "./scheduled-event.ts";

/** What {@link runReaper} is told. */
export interface ReaperOptions {
  readonly invoke: Invoke<"reaper">;
  /** Default: the machine's clock. */
  readonly clock?: GatewayClock;
  /** Told why a run failed. */
  readonly onFailure: (functionName: "reaper", error: unknown) => void;
}

/** Time from run to run, in milliseconds: as the schedule of a deployment. */
const everyMs = 60_000;

/** Invokes the reaper every minute, as EventBridge does, until it is closed; that waits for nothing. */
export function runReaper({ invoke, clock = machineClock, onFailure }: ReaperOptions): { close(): void } {
  const closing = new AbortController();
  const timeouts = { lambda: functionTimeouts.reaper.lambda };

  async function run(): Promise<void> {
    for (;;) {
      await clock.sleep(everyMs, closing.signal);
      const event = scheduledEvent(randomUUID(), clock.now());
      const call = { functionName: "reaper", event, requestId: event.id, timeouts } as const;
      const outcome = await invokeInTime(invoke, call, clock);
      if (outcome.kind !== "answered" && !closing.signal.aborted) onFailure("reaper", outcome.error);
    }
  }

  // It ends by the signal alone.
  run().catch(() => {});
  return { close: () => closing.abort() };
}
