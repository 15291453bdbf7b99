import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { openChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { expectRefusal, unavailable } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { attachmentsAtConnect, completeUpload, putUpload, quotaOf, refusedFile } from "../support/upload.ts";

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  system = await startTestSystem({ RATE_LIMITS: generousLimits });
});

beforeEach(async () => {
  system.restartFunctions();
  chat = await openChat(system);
});

afterEach(() => {
  system.observeUploads(() => undefined);
});

afterAll(async () => {
  await system.close();
});

function hangUpOn(unwanted: string): void {
  system.observeUploads((operation) => {
    if (operation === unwanted) throw new Error("the bucket hangs up");
  });
}

it.each(["GetObject", "DeleteObject"])("finishes after the bucket hung up on %s", async (operation) => {
  const id = await putUpload(system, chat.connectionHandle);
  hangUpOn(operation);
  expectRefusal(await completeUpload(system, chat.connectionHandle, id), unavailable);
  system.observeUploads(() => undefined);
  const retried = await completeUpload(system, chat.connectionHandle, id);

  expect(retried.status).toBe(200);
  expect(await attachmentsAtConnect(system, chat.contactId)).toHaveLength(1);
  expect(system.uploadedKeys()).toEqual([]);
  expect(await quotaOf(system, chat.contactId)).toEqual({ files: 1, bytes: 5, underWay: 0 });
});

it("deletes a refused file in the end, though the bucket hung up first", async () => {
  const id = await putUpload(system, chat.connectionHandle, refusedFile);
  hangUpOn("DeleteObject");
  await completeUpload(system, chat.connectionHandle, id);
  expect(system.uploadedKeys()).toHaveLength(1);
  system.observeUploads(() => undefined);
  const retried = await completeUpload(system, chat.connectionHandle, id);

  expect(retried.body).toMatchObject({ reason: expect.stringMatching(/^Attachment(?!NotUploaded)/) });
  expect(system.uploadedKeys()).toEqual([]);
  expect(await quotaOf(system, chat.contactId)).toEqual({ files: 0, bytes: 0, underWay: 0 });
});

it("keeps others away while one request is at work, and lets them in after it", async () => {
  const id = await putUpload(system, chat.connectionHandle);
  let goOn = () => {};
  const reached = new Promise<void>((resolve) => {
    system.observeUploads((operation) => {
      if (operation !== "GetObject") return;
      resolve();
      return new Promise<void>((go) => {
        goOn = go;
      });
    });
  });
  const first = completeUpload(system, chat.connectionHandle, id);
  await reached;
  const second = await completeUpload(system, chat.connectionHandle, id);
  goOn();

  expectRefusal(second, { status: 409, type: "ConflictException", reason: "UploadUnderWay" });
  expect((await first).status).toBe(200);
  expect((await completeUpload(system, chat.connectionHandle, id)).status).toBe(200);
  expect(await attachmentsAtConnect(system, chat.contactId)).toHaveLength(1);
});
