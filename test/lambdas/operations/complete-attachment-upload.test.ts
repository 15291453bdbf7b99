import { afterAll, beforeAll, expect, it } from "vitest";
import { openChat, send } from "../../support/chat.ts";
import { disconnect } from "../../support/participant-operations.ts";
import { accessDenied, expectRefusal, invalid } from "../../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";
import {
  attachmentsAtConnect,
  callsOnFiles,
  completeUpload,
  putFile,
  putUpload,
  quotaOf,
  refusedFile,
  started,
  startUpload,
  textFile,
} from "../../support/upload.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

it("hands the file to Connect, and keeps nothing of it", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const id = await putUpload(system, connectionHandle);
  expect(system.uploadedKeys()).toEqual([`uploads/${contactId}/${id}`]);
  await system.simulator.forgetCalls();
  const answer = await completeUpload(system, connectionHandle, id);

  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({});
  expect(await callsOnFiles(system)).toEqual(["StartAttachmentUpload", "CompleteAttachmentUpload"]);
  expect(await attachmentsAtConnect(system, contactId)).toEqual([expect.not.stringContaining(id)]);
  expect(system.uploadedKeys()).toEqual([]);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 0 });
});

it("says so when the file did not arrive, and takes it when it did", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const upload = started(await startUpload(system, connectionHandle));
  await system.simulator.forgetCalls();
  const early = await completeUpload(system, connectionHandle, upload.AttachmentId);

  expectRefusal(early, invalid("AttachmentNotUploaded"));
  expect(await callsOnFiles(system)).toEqual([]);
  await putFile(upload);
  expect((await completeUpload(system, connectionHandle, upload.AttachmentId)).status).toBe(200);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 0 });
});

it("has nothing to do the second time", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const id = await putUpload(system, connectionHandle);
  await completeUpload(system, connectionHandle, id);
  await system.simulator.forgetCalls();
  const again = await completeUpload(system, connectionHandle, id);

  expect([again.status, again.body]).toEqual([200, {}]);
  expect(await callsOnFiles(system)).toEqual([]);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 0 });
});

it("does not know the uploads of another chat, nor Connect's own ids", async () => {
  const [mine, other] = [await openChat(system), await openChat(system)];
  const id = await putUpload(system, other.connectionHandle);
  await system.simulator.forgetCalls();

  expectRefusal(await completeUpload(system, mine.connectionHandle, id), invalid("UnknownAttachment"));
  expect(await callsOnFiles(system)).toEqual([]);
  expect((await completeUpload(system, other.connectionHandle, id)).status).toBe(200);
  const [atConnect = ""] = await attachmentsAtConnect(system, other.contactId);
  expectRefusal(
    await completeUpload(system, other.connectionHandle, atConnect),
    invalid("UnknownAttachment"),
  );
});

it("is closed once the chat has ended", async () => {
  const { connectionHandle: bearer } = await openChat(system);
  const id = await putUpload(system, bearer);
  await send(system.url, disconnect.path, { bearer });

  expectRefusal(await completeUpload(system, bearer, id), accessDenied);
  expectRefusal(await startUpload(system, bearer), accessDenied);
});

it("refuses content for good, with a reason, and gives the quota back", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const before = system.uploadedKeys();
  const id = await putUpload(system, connectionHandle, refusedFile);
  await system.simulator.forgetCalls();
  const answer = await completeUpload(system, connectionHandle, id);
  const again = await completeUpload(system, connectionHandle, id);

  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({
    __type: "ValidationException",
    reason: expect.stringMatching(/^Attachment[A-Z][A-Za-z]+$/),
    message: expect.stringMatching(/^[A-Z].{10,}\.$/),
  });
  expect(again.text).toBe(answer.text);
  expect(await callsOnFiles(system)).toEqual([]);
  expect(system.uploadedKeys()).toEqual(before);
  expect(await quotaOf(system, contactId)).toEqual({ files: 0, bytes: 0, underWay: 0 });
  expect(system.logs.at(-1)).toMatchObject({ status: 400, reason: answer.body["reason"] });
});

it("counts a start that is repeated after the end of its upload no more", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const start = (file = textFile()) => startUpload(system, connectionHandle, file, { ClientToken: "one" });
  const upload = started(await start());
  await putFile(upload);
  await completeUpload(system, connectionHandle, upload.AttachmentId);

  expect(started(await start()).AttachmentId).toBe(upload.AttachmentId);
  expect(started(await start(textFile("another"))).AttachmentId).toBe(upload.AttachmentId);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 0 });
});
