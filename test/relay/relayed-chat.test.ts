import { afterAll, beforeAll, expect, it } from "vitest";
import { attendChat, send } from "../support/chat.ts";
import { controlSimulator } from "../support/control-simulator.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
});

afterAll(async () => {
  await system.close();
});

it("carries a chat both ways over a socket of ours", async () => {
  const chat = await attendChat(system);
  const agent = (action: string, content?: unknown) =>
    controlSimulator(system.simulator.url, "POST", `contacts/${chat.contactId}/agent`, { action, content });
  await agent("join");
  await agent("message", "hello");
  await send(system.url, "/participant/message", {
    bearer: chat.connectionHandle,
    body: { ContentType: "text/plain", Content: "hi" },
  });
  await expect.poll(() => chat.socket.items.length, { timeout: 10000 }).toBeGreaterThanOrEqual(3);
  console.log(chat.socket.items, system.databaseCalls, system.socketCalls);
  await agent("end");
  await expect.poll(() => chat.socket.items.at(-1)?.["ContentType"], { timeout: 10000 }).toMatch(/ended/);
  console.log(system.logs, await system.readSession(chat.contactId));
});
