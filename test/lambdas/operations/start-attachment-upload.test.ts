import { afterAll, beforeAll, expect, it } from "vitest";
import { hasCanary } from "../../support/canary.ts";
import { openChat } from "../../support/chat.ts";
import { expectRefusal, invalid } from "../../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";
import { putFile, quotaOf, started, startUpload, textFile } from "../../support/upload.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

it("answers where to put the file, in our own bucket, and asks Connect nothing", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  await system.simulator.forgetCalls();
  const answer = await startUpload(system, connectionHandle);

  expect(await system.simulator.calls()).toEqual([]);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    AttachmentId: expect.stringMatching(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ),
    UploadMetadata: {
      Url: expect.stringContaining(`/uploads/uploads/${contactId}/`),
      UrlExpiry: "2026-01-05T09:02:00.000Z",
      HeadersToInclude: { "Content-Type": "text/plain", "Content-Length": "5" },
    },
  });
});

it("tells nothing of Connect: no token, account, instance or metadata", async () => {
  const { connectionHandle } = await openChat(system);
  const answer = await startUpload(system, connectionHandle);
  const { text } = answer;

  expect(hasCanary(text)).toBe(false);
  expect(text).not.toMatch(/x-amz-meta|x-amz-acl|account|organization|123456789012|0f2d7c1e-5b1a/i);
  expect(started(answer).UploadMetadata.Url.length).toBeLessThan(2_000);
});

it("is the same upload when it is repeated with its ClientToken, and counted once", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const again = () => startUpload(system, connectionHandle, textFile(), { ClientToken: "one" });
  const first = started(await again());
  const second = started(await again());

  expect(second.AttachmentId).toBe(first.AttachmentId);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 1 });
  expect(await putFile(second)).toBe(200);
});

it("keeps to the first claim when the ClientToken comes again with another", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const first = started(await startUpload(system, connectionHandle, textFile(), { ClientToken: "one" }));
  const other = await startUpload(system, connectionHandle, textFile("longer"), { ClientToken: "one" });

  expect(started(other).AttachmentId).toBe(first.AttachmentId);
  expect(started(other).UploadMetadata.HeadersToInclude).toEqual(first.UploadMetadata.HeadersToInclude);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 1 });
});

it("gives the same ClientToken in two chats two uploads", async () => {
  const chats = [await openChat(system), await openChat(system)];
  const ids = chats.map(async ({ connectionHandle }) => {
    const answer = await startUpload(system, connectionHandle, textFile(), { ClientToken: "one" });
    return started(answer).AttachmentId;
  });

  expect(new Set(await Promise.all(ids)).size).toBe(2);
});

it.each([
  ["a name with a path", { AttachmentName: "../a.txt" }, "AttachmentNameRefused"],
  ["a type that is off", { AttachmentName: "a.exe" }, "AttachmentTypeRefused"],
  ["a content type that does not fit", { ContentType: "image/png" }, "AttachmentTypeRefused"],
  ["a file too large", { AttachmentSizeInBytes: 20 * 1024 * 1024 + 1 }, "AttachmentSizeRefused"],
])("refuses %s before anything is counted", async (_what, claim, reason) => {
  const { connectionHandle, contactId } = await openChat(system);

  expectRefusal(await startUpload(system, connectionHandle, textFile(), claim), invalid(reason));
  expect(await quotaOf(system, contactId)).toEqual({ files: 0, bytes: 0, underWay: 0 });
});
