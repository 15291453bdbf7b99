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

it("says that GetAuthenticationUrl is not supported, and asks nobody", async () => {
  const answer = await send(system.url, "/participant/authentication-url", { method: "POST" });

  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({
    __type: "ValidationException",
    message: "GetAuthenticationUrl is not supported by this API.",
    reason: "NotSupported",
  });
  expect(await system.simulator.calls()).toEqual([]);
});
