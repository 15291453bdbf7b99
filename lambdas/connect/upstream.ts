import type { Clock } from "../clock.ts";
import { unavailable } from "../errors.ts";
import { BrownOut } from "./brown-out.ts";
import { RetryBudget } from "./retry-budget.ts";
import { isPassing } from "./upstream-errors.ts";

/** Mean pause before the second try of a call, in milliseconds. */
const pauseMs = 100;

/** Mean pauses of a patient call, in milliseconds: the first, doubled each time, to the longest. */
const firstWaitMs = 400;
const longestWaitMs = 2_000;

/** One try of a call. It fails with a ChatError alone. */
export type Try<Output> = () => Promise<Output>;

/**
 * How Amazon Connect is called: the SDK tries once, and what is tried again, and when, is decided here, on the clock
 * that tests hold.
 */
export interface Upstream {
  /**
   * Tries a call, and a second time where Connect throttled or failed and the container's budget has room for it.
   * What fails even so browns the operation out: for a moment it is refused without a call.
   *
   * @param operation what tells operations apart, such as the command's class: each has a brown-out of its own
   * @throws {ChatError} what the last try failed with, or the operation before
   */
  call<Output>(operation: object, attempt: Try<Output>, signal: AbortSignal): Promise<Output>;
  /**
   * Tries a call for as long as Connect throttles or fails, with longer and longer pauses: for calls whose quota is
   * so small that waiting is normal, and for the one that chat clients die of. It is neither browned out nor does it
   * brown out.
   *
   * @param patienceMs pauses of a call in all, in milliseconds
   * @param budget what further tries are taken from, where they are counted; a call that comes to an end gives one
   * back
   * @throws {ChatError} what the last try failed with
   */
  callPatiently<Output>(
    attempt: Try<Output>,
    patienceMs: number,
    signal: AbortSignal,
    budget?: RetryBudget,
  ): Promise<Output>;
}

/** Made once per container and client. */
export function createUpstream(clock: Clock): Upstream {
  const brownOuts = new Map<object, BrownOut>();
  const budget = new RetryBudget();
  return {
    call: async (operation, attempt, signal) => {
      const brownOut = brownOuts.get(operation) ?? new BrownOut();
      brownOuts.set(operation, brownOut);
      // What ended before Connect was asked says nothing of Connect.
      if (signal.aborted) throw unavailable("no time left to ask Amazon Connect", signal.reason);
      const { isProbe } = brownOut.enter(clock.now());
      budget.earn();
      try {
        const output = await attempt().catch(async (error: unknown) => {
          if (!isPassing(error) || isProbe || signal.aborted || !budget.spend()) throw error;
          await pause(clock, pauseMs, signal, error);
          return attempt();
        });
        brownOut.succeeded();
        return output;
      } catch (error) {
        if (isPassing(error)) brownOut.failed(error, clock.now());
        else brownOut.succeeded();
        throw error;
      }
    },
    callPatiently: async (attempt, patienceMs, signal, budget) => {
      let waitedMs = 0;
      for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
        try {
          const output = await attempt();
          budget?.earn(1);
          return output;
        } catch (error) {
          waitedMs += waitMs;
          if (!isPassing(error) || signal.aborted || waitedMs > patienceMs) throw error;
          if (budget && !budget.spend()) throw error;
          await pause(clock, waitMs, signal, error);
        }
      }
    },
  };
}

/**
 * Half of it longer or shorter, so that those who failed together do not come back together. @throws what was to be
 * tried again, at the deadline
 */
async function pause(clock: Clock, meanMs: number, signal: AbortSignal, failure: unknown): Promise<void> {
  await clock.sleep(meanMs * (0.5 + Math.random()), signal).catch(() => {
    throw failure;
  });
}
