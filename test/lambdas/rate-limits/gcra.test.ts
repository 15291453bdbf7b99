import fc from "fast-check";
import { expect, it } from "vitest";
import { conformance, timeToConform } from "../../../lambdas/rate-limits/gcra.ts";

const limits = fc.record({
  intervalMs: fc.integer({ min: 1, max: 10_000 }),
  burst: fc.integer({ min: 1, max: 10 }),
});
const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 });

it("admits what a leaky bucket of the same rate and size admits, and says exactly when the next may come", () => {
  fc.assert(
    fc.property(limits, gaps, (limit, waits) => {
      let now = 1_000_000;
      let tat = 0;
      let level = 0;
      for (const wait of waits) {
        now += wait;
        level = Math.max(0, level - wait / limit.intervalMs);
        const bucketAdmits = level <= limit.burst - 1 + 1e-9;
        const conforms = conformance(limit, tat, now);
        expect(conforms !== undefined).toBe(bucketAdmits);
        if (conforms === undefined) {
          const later = now + timeToConform(limit, tat, now);
          expect(conformance(limit, tat, later)).toBeDefined();
          expect(conformance(limit, tat, later - 1)).toBeUndefined();
          continue;
        }
        tat = Math.max(tat, now) + limit.intervalMs;
        level += 1;
      }
    }),
  );
});

it("admits what clocks two seconds off let in besides, and no more: what passes in their difference", () => {
  const skewMs = 2_000;
  const skews = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: -skewMs, max: skewMs })),
    { minLength: 50, maxLength: 50 },
  );
  fc.assert(
    fc.property(limits, skews, (limit, arrivals) => {
      let passedMs = 0;
      let tat = 0;
      let admitted = 0;
      for (const [wait, offBy] of arrivals) {
        passedMs += wait;
        const now = 1_000_000 + passedMs + offBy;
        if (conformance(limit, tat, now) === undefined) continue;
        tat = Math.max(tat, now) + limit.intervalMs;
        admitted++;
        expect(admitted).toBeLessThanOrEqual(limit.burst + (passedMs + 2 * skewMs) / limit.intervalMs);
      }
    }),
    { numRuns: 200 },
  );
});
