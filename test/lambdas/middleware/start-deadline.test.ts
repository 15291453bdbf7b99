import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startDeadline } from "../../../lambdas/middleware/start-deadline.ts";
import { functionTimeouts } from "../../../lambdas/routes.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** How long a request of the chat function may work where Lambda leaves it so long, in milliseconds. */
function workOf(remainingMs: number): number {
  const context = { getRemainingTimeInMillis: () => remainingMs } as never;
  const step = startDeadline("chat");
  const request = { event: {}, context, response: null, error: null, internal: {} } as never;
  step.before?.(request);
  const { signal } = context as { readonly signal: AbortSignal };
  const started = Date.now();
  while (!signal.aborted) vi.advanceTimersToNextTimer();
  return Date.now() - started;
}

describe("the deadline of a request", () => {
  it("is what its function may work, where Lambda leaves more", () => {
    expect(workOf(60_000)).toBe(functionTimeouts.chat.work * 1_000);
  });

  it("keeps two seconds of what Lambda leaves back", () => {
    expect(workOf(5_000)).toBe(3_000);
    expect(workOf(1_000)).toBe(0);
  });
});
