import { afterAll, beforeAll, expect, it } from "vitest";
import { send } from "../../support/chat.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

it("says that DescribeView is not supported, and asks nobody", async () => {
  const answer = await send(system.url, "/participant/views/some-view", { method: "GET" });

  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({
    __type: "ValidationException",
    message: "DescribeView is not supported by this API.",
    reason: "NotSupported",
  });
  expect(await system.simulator.calls()).toEqual([]);
});
