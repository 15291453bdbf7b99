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

async function upload(bearer: string): Promise<string> {
  const start = await send(system.url, "/participant/start-attachment-upload", {
    bearer,
    body: {
      ContentType: "text/plain",
      AttachmentSizeInBytes: 5,
      AttachmentName: "a.txt",
      ClientToken: "one",
    },
  });
  const { Url, HeadersToInclude } = start.body["UploadMetadata"] as {
    readonly Url: string;
    readonly HeadersToInclude: Record<string, string>;
  };
  await fetch(Url, { method: "PUT", headers: HeadersToInclude, body: "hello" });
  const AttachmentId = String(start.body["AttachmentId"]);
  await send(system.url, "/participant/complete-attachment-upload", {
    bearer,
    body: { AttachmentIds: [AttachmentId], ClientToken: "two" },
  });
  return AttachmentId;
}

it("hands out a download URL that lives a minute at most, whatever is asked for", async () => {
  const { connectionHandle: bearer } = await openChat(system);
  const AttachmentId = await upload(bearer);
  const answer = await send(system.url, "/participant/attachment", {
    bearer,
    body: { AttachmentId, UrlExpiryInSeconds: 300 },
  });

  expect(answer.body).toMatchObject({ AttachmentSizeInBytes: 5, UrlExpiry: "2026-01-05T09:01:00.000Z" });
  expect(await (await fetch(String(answer.body["Url"]))).text()).toBe("hello");
});
