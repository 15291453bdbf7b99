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

it("answers that the function is up, and asks neither the database nor Connect", async () => {
  const answer = await send(system.url, "/health", { method: "GET" });

  expect(answer).toMatchObject({ status: 200, body: { status: "ok" } });
  expect(system.databaseCalls).toEqual([]);
  expect(await system.simulator.calls()).toEqual([]);
});
