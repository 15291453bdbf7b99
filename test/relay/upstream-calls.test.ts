import { expect, it } from "vitest";
import { startTestSystem } from "../support/test-system.ts";
import { type LivedDay, liveADay } from "./support/live-a-day.ts";

async function dayIn(realTime: "relay" | "direct"): Promise<LivedDay> {
  const system = await startTestSystem({ REAL_TIME: realTime });
  return liveADay(system).finally(system.close);
}

it("connects a chat at Amazon Connect once or twice a day, however often its page is loaded", async () => {
  // One after the other: the AWS SDK takes its endpoints from the process's environment.
  const relay = await dayIn("relay");
  const direct = await dayIn("direct");

  process.stdout.write(
    "CreateParticipantConnection in 24 hours with ten page loads and three lost sockets: " +
      `relay ${relay.upstream} upstream of ${relay.asked}, direct ${direct.upstream} of ${direct.asked}\n`,
  );
  expect(relay.upstream).toBeGreaterThanOrEqual(1);
  expect(relay.upstream).toBeLessThanOrEqual(2);
  expect(direct.upstream).toBeGreaterThan(10);
}, 60_000);
