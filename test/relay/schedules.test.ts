import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crashesAnywhere, crashesAtTheMark } from "./support/crash-plans.ts";
import { type PostedFrames, startPostedFrames } from "./support/posted-frames.ts";
import { type RelaySystem, startRelaySystem } from "./support/relay-system.ts";
import { runSchedules } from "./support/run-schedules.ts";

/** So long after the last item that what crashed is tried again before the chat ends, in milliseconds. */
const endsAfter = [250_000, 260_000] as const;

const timeoutMs = 300_000;

let system: RelaySystem;
let posted: PostedFrames;

beforeAll(async () => {
  posted = await startPostedFrames();
  system = await startRelaySystem(posted.url);
});

afterAll(async () => {
  await system.close();
  await posted.close();
});

describe("notifications that come twice, late and out of order", () => {
  it(
    "bring every item exactly once to each subscribed socket, and the end of the chat last",
    async () => {
      const series = { title: "relay without crashes", count: 1_000 };
      expect(await runSchedules({ system, posted }, series)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    "lose nothing where functions die between post and mark, and repeat only the items they died on",
    async () => {
      const series = {
        title: "relay with crashes between post and mark",
        count: 250,
        crashes: crashesAtTheMark,
        endsAfter,
      };
      expect(await runSchedules({ system, posted }, series)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    "lose nothing where functions die anywhere, and repeat only items that were posted when they died",
    async () => {
      const series = {
        title: "relay with crashes anywhere",
        count: 250,
        crashes: crashesAnywhere,
        endsAfter,
      };
      expect(await runSchedules({ system, posted }, series)).toEqual([]);
    },
    timeoutMs,
  );
});
