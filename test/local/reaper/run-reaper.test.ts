import { expect, test } from "vitest";
import { runReaper } from "../../../local/reaper/run-reaper.ts";
import { ManualClock } from "../gateway/manual-clock.ts";

test("invokes the reaper every minute, tells of a run that failed, and stops when it is closed", async () => {
  const clock = new ManualClock();
  const events: unknown[] = [];
  const failures: unknown[] = [];
  const reaper = runReaper({
    clock,
    invoke: async (name, event) => {
      events.push([name, "detail-type" in event && event["detail-type"]]);
      if (events.length === 2) throw new Error("no answer");
    },
    onFailure: (name) => failures.push(name),
  });
  await clock.advance(59_999);
  expect(events).toEqual([]);
  await clock.advance(1);
  expect(events).toEqual([["reaper", "Scheduled Event"]]);
  await clock.advance(60_000);
  await clock.advance(60_000);
  expect(events).toHaveLength(3);
  expect(failures).toEqual(["reaper"]);

  reaper.close();
  await clock.advance(600_000);
  expect(events).toHaveLength(3);
  expect(clock.pending).toEqual([]);
});
