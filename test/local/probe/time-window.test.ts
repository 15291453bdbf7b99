import { describe, expect, it } from "vitest";
import { describeWindow, inMinutes, timesToLook } from "../../../local/probe/time-window.ts";

function describeSeen(openAfterMs: number | undefined, shutAfterMs: number | undefined) {
  const seen = { openAfterMs, shutAfterMs };
  return describeWindow(seen, 60_000, "Seen.", (seconds) => ({
    switches: { idempotencySeconds: seconds },
  }));
}

it("looks just before and just after each likely length, and at the end of its patience", () => {
  expect(timesToLook(20_000)).toEqual([4_000, 6_000, 9_000, 11_000, 14_000, 16_000, 20_000]);
});

describe("the length of a window", () => {
  it("is the likely one that fits", () => {
    expect(describeSeen(58_900, 61_400)).toMatchObject({
      value: 60,
      switches: { idempotencySeconds: 60 },
    });
  });

  it("is two bounds where looking was too late for one", () => {
    expect(describeSeen(31_000, 61_400)).toMatchObject({
      value: "at least 31 seconds, at most 61.4 seconds",
      switches: { idempotencySeconds: 31 },
    });
  });

  it("is none where it never was open", () => {
    expect(describeSeen(undefined, 200)).toMatchObject({ outcome: "answered", value: 0 });
  });

  it("is undecided where it never was shut", () => {
    expect(describeSeen(60_040, undefined)).toEqual({
      outcome: "undecided",
      value: "not decided within 1 minute; at least 60 seconds",
      evidence: "Seen.",
    });
  });
});

it("writes minutes", () => {
  expect([6_000, 60_000, 150_000].map(inMinutes)).toEqual(["0.1 minutes", "1 minute", "2.5 minutes"]);
});
