import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { generousLimits } from "../support/operation-members.ts";
import { expectRefusal, invalid } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import {
  attachmentsAtConnect,
  callsOnFiles,
  completeUpload,
  putFile,
  quotaOf,
  started,
  startUpload,
} from "../support/upload.ts";

let system: TestSystem;

const others = Buffer.from("<svg>");

beforeAll(async () => {
  system = await startTestSystem({ RATE_LIMITS: generousLimits });
});

afterEach(async () => {
  system.observeUploads(() => undefined);
  await system.simulator.faults([]);
});

afterAll(async () => {
  await system.close();
});

it("refuses a file that was put in the place of the one that was checked", async () => {
  const { connectionHandle: bearer, contactId } = await openChat(system);
  const upload = started(await startUpload(system, bearer));
  await putFile(upload);
  await system.simulator.faults([{ operation: "StartAttachmentUpload", status: 402, times: 1 }]);
  expect((await completeUpload(system, bearer, upload.AttachmentId)).status).toBe(402);
  await putFile(upload, others);
  await system.simulator.forgetCalls();

  for (const _ of [1, 2]) {
    expectRefusal(await completeUpload(system, bearer, upload.AttachmentId), invalid("AttachmentChanged"));
  }
  expect(await callsOnFiles(system)).toEqual([]);
  expect(system.uploadedKeys()).toEqual([]);
  expect(await quotaOf(system, contactId)).toEqual({ files: 0, bytes: 0, underWay: 0 });
});

it("checks again what an earlier request had checked", async () => {
  const { connectionHandle: bearer } = await openChat(system);
  const upload = started(await startUpload(system, bearer));
  await putFile(upload);
  await system.simulator.faults([{ operation: "StartAttachmentUpload", status: 402, times: 1 }]);
  expect((await completeUpload(system, bearer, upload.AttachmentId)).status).toBe(402);
  await system.simulator.forgetCalls();
  const stricter = createDirectFunctions(system, { ATTACHMENT_POLICY: '{"types":["png"]}' });
  const answer = await stricter({
    resource: "/participant/complete-attachment-upload",
    headers: { "x-amz-bearer": bearer },
    body: JSON.stringify({ AttachmentIds: [upload.AttachmentId], ClientToken: crypto.randomUUID() }),
  });

  expectRefusal(answer, invalid("AttachmentTypeRefused"));
  expect(await callsOnFiles(system)).toEqual([]);
});

it("sends on what was checked, though the object is another by then", async () => {
  const { connectionHandle: bearer, contactId } = await openChat(system);
  const upload = started(await startUpload(system, bearer));
  await putFile(upload);
  const seen: string[] = [];
  system.observeUploads((operation) => {
    seen.push(operation);
  });
  await system.simulator.faults([{ operation: "StartAttachmentUpload", delayMs: 400 }]);
  const completed = completeUpload(system, bearer, upload.AttachmentId);
  await expect.poll(() => seen, { timeout: 10_000 }).toContain("GetObject");
  await putFile(upload, others);
  expect((await completed).status).toBe(200);
  const [AttachmentId] = await attachmentsAtConnect(system, contactId);
  const { body } = await send(system.url, "/participant/attachment", { bearer, body: { AttachmentId } });

  expect(seen.filter((operation) => operation === "GetObject")).toHaveLength(1);
  expect(await (await fetch(String(body["Url"]))).text()).toBe("hello");
});

it("checks what is there at the moment it reads, not what was there first", async () => {
  const { connectionHandle: bearer } = await openChat(system);
  const upload = started(await startUpload(system, bearer));
  await putFile(upload);
  await system.simulator.forgetCalls();
  system.observeUploads(async (operation) => {
    if (operation === "GetObject") await putFile(upload, others);
  });
  const answer = await completeUpload(system, bearer, upload.AttachmentId);

  expect(answer.status).toBe(400);
  expect(await callsOnFiles(system)).toEqual([]);
});
