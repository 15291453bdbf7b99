import { afterAll, beforeAll, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

it("starts a chat, talks, and ends it with one call upstream however often it is asked to", async () => {
  const chat = await openChat(system, {
    Attributes: { customerName: "Jane" },
    InitialMessage: { ContentType: "text/plain", Content: "hi" },
  });
  const bearer = chat.connectionHandle;
  const message = await send(system.url, "/participant/message", {
    bearer,
    body: { ContentType: "text/plain", Content: "hello" },
  });
  const transcript = await send(system.url, "/participant/transcript", {
    bearer,
    body: { SortOrder: "ASCENDING" },
  });
  const first = await send(system.url, "/participant/disconnect", { bearer });
  const second = await send(system.url, "/participant/disconnect", { bearer });
  const after = await send(system.url, "/participant/message", {
    bearer,
    body: { ContentType: "text/plain", Content: "anyone?" },
  });

  expect(message.status).toBe(200);
  expect(transcript.body["Transcript"]).toMatchObject([{ Content: "hi" }, { Content: "hello" }]);
  expect([first.status, second.status, after.status]).toEqual([200, 200, 403]);
  expect(await system.simulator.calls("DisconnectParticipant")).toHaveLength(1);
  expect(await system.simulator.contacts()).toMatchObject([
    { ContactId: chat.contactId, Attributes: { customerName: "Jane" } },
  ]);
});
