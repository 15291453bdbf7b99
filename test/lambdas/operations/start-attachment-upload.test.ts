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

it("asks Connect where to upload, and passes that on", async () => {
  const { connectionHandle: bearer } = await openChat(system);
  const answer = await send(system.url, "/participant/start-attachment-upload", {
    bearer,
    body: {
      ContentType: "text/plain",
      AttachmentSizeInBytes: 5,
      AttachmentName: "note.txt",
      ClientToken: "one",
    },
  });

  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    AttachmentId: expect.any(String),
    UploadMetadata: {
      Url: expect.any(String),
      UrlExpiry: expect.any(String),
      HeadersToInclude: expect.any(Object),
    },
  });
});
