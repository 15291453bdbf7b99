import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiAnswer, openChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
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
} from "../support/upload.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({
    RATE_LIMITS: generousLimits,
    ATTACHMENT_POLICY: '{"filesPerChat":10,"bytesPerChat":1000}',
  });
});

afterAll(async () => {
  await system.close();
});

function twentyTimes(act: (index: number) => Promise<ApiAnswer>): Promise<ApiAnswer[]> {
  return Promise.all(Array.from({ length: 20 }, (_, index) => act(index)));
}

function count(answers: readonly ApiAnswer[]): Record<string, number> {
  const seen: Record<string, number> = {};
  for (const { status, body } of answers) {
    const what = status === 200 ? "200" : `${status} ${body["reason"]}`;
    seen[what] = (seen[what] ?? 0) + 1;
  }
  return seen;
}

it("uploads once, however many completes come at once", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const id = await putUpload(system, connectionHandle);
  await system.simulator.forgetCalls();
  const answers = await twentyTimes(() => completeUpload(system, connectionHandle, id));
  const { "200": won = 0, "409 UploadUnderWay": underWay = 0 } = count(answers);

  expect(won).toBeGreaterThan(0);
  expect(won + underWay).toBe(20);
  expect(await callsOnFiles(system)).toEqual(["StartAttachmentUpload", "CompleteAttachmentUpload"]);
  expect(await attachmentsAtConnect(system, contactId)).toHaveLength(1);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 0 });
});

it.each([1, 2, 3])("admits exactly as many files as a chat may have (race %i)", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const answers = await twentyTimes(() => startUpload(system, connectionHandle));

  expect(count(answers)).toEqual({ "200": 10, "402 AttachmentQuota": 10 });
  expect(await quotaOf(system, contactId)).toEqual({ files: 10, bytes: 50, underWay: 10 });
});

it("admits exactly as many bytes as a chat may have", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const file = textFile("x".repeat(150));
  const answers = await twentyTimes(() => startUpload(system, connectionHandle, file));

  expect(count(answers)).toEqual({ "200": 6, "402 AttachmentQuota": 14 });
  expect(await quotaOf(system, contactId)).toEqual({ files: 6, bytes: 900, underWay: 6 });
});

it("counts one ClientToken once, in a race too", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const answers = await twentyTimes(() =>
    startUpload(system, connectionHandle, textFile(), { ClientToken: "one" }),
  );

  expect(new Set(answers.map((answer) => started(answer).AttachmentId)).size).toBe(1);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 1 });
});

it("gives the quota of a refused file back once, in a race too", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  await startUpload(system, connectionHandle);
  const id = await putUpload(system, connectionHandle, refusedFile);
  await twentyTimes(() => completeUpload(system, connectionHandle, id));

  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 1 });
});

it("does not disturb an upload that is being completed while others look for room", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const uploads = await twentyTimes(() => startUpload(system, connectionHandle));
  const admitted = uploads.filter(({ status }) => status === 200).map(started);
  await Promise.all(admitted.map((upload) => putFile(upload)));
  const [answers] = await Promise.all([
    Promise.all(admitted.map(({ AttachmentId }) => completeUpload(system, connectionHandle, AttachmentId))),
    twentyTimes(() => startUpload(system, connectionHandle)),
  ]);

  expect(count(answers)).toEqual({ "200": 10 });
  expect(await attachmentsAtConnect(system, contactId)).toHaveLength(10);
  expect(await quotaOf(system, contactId)).toEqual({ files: 10, bytes: 50, underWay: 0 });
});
