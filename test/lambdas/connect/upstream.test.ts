import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { brownOutMs } from "../../../lambdas/connect/brown-out.ts";
import { RetryBudget } from "../../../lambdas/connect/retry-budget.ts";
import { createUpstream, type Upstream } from "../../../lambdas/connect/upstream.ts";
import { accessDenied, ChatError, unavailable } from "../../../lambdas/errors.ts";
import { FakeClock } from "../../support/fake-clock.ts";

const throttled = () => new ChatError("ThrottlingException", "ServiceBusy", "Busy.", { retryAfterMs: 1_000 });
const tooManyChats = () => new ChatError("ThrottlingException", "TooManyChats", "Full.");
const failed = () => unavailable("no answer");

const [sending, reading] = [class Sending {}, class Reading {}];
/** Longer than any brown-out. */
const overMs = 1.25 * brownOutMs;
const { signal } = new AbortController();

let clock: FakeClock;
let upstream: Upstream;
let tries: number;

beforeEach(() => {
  clock = new FakeClock();
  upstream = createUpstream(clock);
  tries = 0;
});

/** Fails with what each of `outcomes` makes, one after the other; then succeeds. */
function trying(...outcomes: readonly (() => ChatError)[]) {
  const left = [...outcomes];
  return async () => {
    tries++;
    const failure = left.shift();
    if (failure) throw failure();
    return "done";
  };
}

const send = (...outcomes: readonly (() => ChatError)[]) =>
  upstream.call(sending, trying(...outcomes), signal).catch((error: unknown) => error);

describe("a call of Amazon Connect", () => {
  it.each([throttled, failed])("is tried again once where it meets %o", async (failure) => {
    expect(await send(failure)).toBe("done");
    expect(tries).toBe(2);
    expect(clock.slept).toHaveLength(1);
  });

  it.each([
    tooManyChats,
    () => accessDenied("over"),
  ])("is not where %o would meet it again", async (failure) => {
    expect(await send(failure)).toMatchObject(failure());
    expect(tries).toBe(1);
  });

  it("that is throttled twice browns its operation out, and no other", async () => {
    await send(throttled, throttled);
    expect(await send()).toMatchObject({
      status: 429,
      reason: "ServiceBusy",
      retryAfterMs: expect.closeTo(800, -3),
    });
    expect(tries).toBe(2);

    expect(await upstream.call(reading, trying(), signal)).toBe("done");
  });

  it("that fails does so at the third in a row: one chat that Connect fails costs others nothing", async () => {
    for (let calls = 0; calls < 4; calls++) {
      await send(failed, failed);
      expect(await send()).toBe("done");
    }
    for (let calls = 0; calls < 3; calls++) await send(failed, failed);
    tries = 0;
    expect(await send()).toMatchObject({
      status: 503,
      reason: "Unavailable",
      retryAfterMs: expect.closeTo(800, -3),
    });
    expect(tries).toBe(0);
  });

  it("finds out after the brown-out whether it is over: one of many, with one try", async () => {
    await send(throttled, throttled);
    clock.advance(overMs);
    tries = 0;
    const answers = await Promise.all([send(throttled), send(), send()]);
    expect(answers).toMatchObject(Array(3).fill({ reason: "ServiceBusy" }));
    expect(tries).toBe(1);

    clock.advance(overMs);
    expect(await send()).toBe("done");
    expect(await Promise.all([send(), send(), send()])).toEqual(["done", "done", "done"]);
  });

  it.each([accessDenied, tooManyChats])("that is refused for what it is finds so, too", async (refuse) => {
    await send(throttled, throttled);
    clock.advance(overMs);
    await send(() => refuse("refused"));

    expect(await send()).toBe("done");
  });

  it("whose time is up before Connect is asked says nothing of Connect", async () => {
    for (let calls = 0; calls < 5; calls++) {
      const late = upstream.call(sending, trying(), AbortSignal.abort());
      await expect(late).rejects.toMatchObject({ status: 503 });
    }
    expect(tries).toBe(0);
    expect(await send()).toBe("done");
  });

  it("costs at most 1.1 tries, but for the first five, whatever Connect answers", async () => {
    const outcome = fc.constantFrom(undefined, undefined, throttled, failed, tooManyChats);
    const step = fc.tuple(outcome, outcome, fc.nat(2 * brownOutMs));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 300 }), async (steps) => {
        tries = 0;
        clock = new FakeClock();
        upstream = createUpstream(clock);
        for (const [first, second, pauseMs] of steps) {
          await send(...[first, second].filter((each) => each !== undefined));
          clock.advance(pauseMs);
        }
        expect(tries).toBeLessThanOrEqual(1.1 * steps.length + 5);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a patient call", () => {
  const patiently = (given: AbortSignal, ...outcomes: readonly (() => ChatError)[]) =>
    upstream.callPatiently(trying(...outcomes), 7_000, given).catch((error: unknown) => error);

  it("that has a budget takes its further tries from that, and gives one back when it ends well", async () => {
    const budget = new RetryBudget();
    const counted = async (...outcomes: readonly (() => ChatError)[]) => {
      tries = 0;
      const call = upstream.callPatiently(trying(...outcomes), 60_000, signal, budget);
      await call.catch((error: unknown) => error);
      return tries;
    };
    const throttledFor = (calls: number) => Array.from({ length: calls }, () => throttled);

    expect(await counted(...throttledFor(5))).toBe(6);
    expect(await counted(...throttledFor(9))).toBe(2);
    expect(await counted(...throttledFor(9))).toBe(1);
    expect(await counted()).toBe(1);
    expect(await counted(...throttledFor(9))).toBe(2);
  });

  it("is tried with longer and longer pauses", async () => {
    expect(await patiently(signal, throttled, failed, throttled, failed, throttled)).toBe("done");
    expect(tries).toBe(6);
    const [first = 0, second = 0, third = 0, fourth = 0] = clock.slept;
    expect(first).toBeLessThanOrEqual(600);
    expect(second).toBeLessThanOrEqual(1_200);
    expect(third).toBeGreaterThanOrEqual(800);
    expect(fourth).toBeGreaterThanOrEqual(1_000);
  });

  it("gives up with what it met last", async () => {
    const outcomes = Array.from({ length: 9 }, () => throttled);

    expect(await patiently(signal, failed, ...outcomes)).toMatchObject({ reason: "ServiceBusy" });
    expect(tries).toBe(6);
  });

  it("does so at the deadline", async () => {
    const deadline = new AbortController();
    const answer = patiently(deadline.signal, throttled, throttled, throttled);
    deadline.abort();

    expect(await answer).toMatchObject({ reason: "ServiceBusy" });
    expect(tries).toBe(1);
  });
});
