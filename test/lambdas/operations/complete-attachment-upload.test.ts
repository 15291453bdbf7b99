import { afterAll, beforeAll, expect, it } from "vitest";
import { openChat, send } from "../../support/chat.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

it("answers a file that never came with Connect's own refusal, in our words", async () => {
  const { connectionHandle: bearer } = await openChat(system);
  const start = await send(system.url, "/participant/start-attachment-upload", {
    bearer,
    body: {
      ContentType: "text/plain",
      AttachmentSizeInBytes: 5,
      AttachmentName: "a.txt",
      ClientToken: "one",
    },
  });
  const answer = await send(system.url, "/participant/complete-attachment-upload", {
    bearer,
    body: { AttachmentIds: [start.body["AttachmentId"]], ClientToken: "two" },
  });

  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({
    __type: "ValidationException",
    message: "Amazon Connect refused the request as invalid.",
    reason: "RefusedByConnect",
  });
});
