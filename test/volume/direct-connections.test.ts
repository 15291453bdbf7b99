import { afterAll, beforeAll, expect, it } from "vitest";
import { openChat } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { participantRequest } from "../support/patient-clients.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const seconds = 60;
const requestsPerSecond = 20;

/** Calls of CreateParticipantConnection that an instance has in a minute: six a second (Amazon Connect service quotas). */
const quota = 6 * seconds;

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "direct" });
});

afterAll(() => system.close());

it("a session that loops on connections in the mode direct takes no more than a tenth of their quota", async () => {
  const { participantHandle } = await openChat(system);
  const invoke = createDirectFunctions(system);
  await system.simulator.forgetCalls();
  const statuses: number[] = [];
  for (let request = 0; request < seconds * requestsPerSecond; request++) {
    await system.advance(1_000 / requestsPerSecond);
    const { status } = await invoke(participantRequest("connection", participantHandle, {}));
    statuses.push(status);
  }

  const calls = await system.simulator.calls("CreateParticipantConnection");
  process.stdout.write(
    `one session, ${statuses.length} connections asked for in a minute, ${calls.length} of ${quota} calls upstream\n`,
  );
  expect(calls.length).toBeGreaterThan(20);
  expect(calls.length).toBeLessThanOrEqual(quota / 10);
  expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
});
