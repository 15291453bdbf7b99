import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type AttendedChat, attendChat } from "../support/chat.ts";
import { type FaultyDatabase, startFaultyDatabase } from "../support/faulty-database.ts";
import { generousLimits } from "../support/operation-members.ts";
import { expectRefusal, invalid, type Refusal } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { completeUpload, putFile, putUpload, quotaOf, started, startUpload } from "../support/upload.ts";

const full: Refusal = { status: 402, type: "ServiceQuotaExceededException", reason: "AttachmentQuota" };
const minute = 60_000;

let database: FaultyDatabase;
let system: TestSystem;
let chat: AttendedChat;

beforeAll(async () => {
  database = await startFaultyDatabase();
  system = await startTestSystem({
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    RATE_LIMITS: generousLimits,
    ATTACHMENT_POLICY: '{"filesPerChat":2}',
  });
});

beforeEach(async () => {
  system.restartFunctions();
  chat = await attendChat(system);
});

afterEach(() => {
  chat.socket.close();
});

afterAll(async () => {
  await system.close();
  await database.close();
});

it("makes room of an upload that was never completed, after 15 minutes", async () => {
  const { connectionHandle: bearer, contactId } = chat;
  await completeUpload(system, bearer, await putUpload(system, bearer));
  const abandoned = await putUpload(system, bearer);
  await system.advance(15 * minute - 1);
  expectRefusal(await startUpload(system, bearer), full);
  await system.advance(1);

  expect((await startUpload(system, bearer)).status).toBe(200);
  expect(await quotaOf(system, contactId)).toEqual({ files: 2, bytes: 10, underWay: 1 });
  expectRefusal(await completeUpload(system, bearer, abandoned), invalid("UploadAbandoned"));
  expect(await quotaOf(system, contactId)).toEqual({ files: 2, bytes: 10, underWay: 1 });
  expect(system.uploadedKeys().filter((key) => key.endsWith(abandoned))).toEqual([]);
});

it("takes a late upload as long as nobody needed its room", async () => {
  const { connectionHandle: bearer, contactId } = chat;
  const id = await putUpload(system, bearer);
  await system.advance(60 * minute);

  expect((await completeUpload(system, bearer, id)).status).toBe(200);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 0 });
});

it("never makes room of files that Connect has", async () => {
  const { connectionHandle: bearer } = chat;
  for (const _ of [1, 2]) await completeUpload(system, bearer, await putUpload(system, bearer));
  await system.advance(60 * minute);

  expectRefusal(await startUpload(system, bearer), full);
});

it("makes room of what a start counted that died before it was recorded, and of no younger one", async () => {
  const { connectionHandle: bearer, contactId } = chat;
  database.fail("failing", "UpdateItem", { skip: 1 });
  expect((await startUpload(system, bearer)).status).toBe(503);
  database.fail(undefined);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 1 });
  await startUpload(system, bearer);
  expectRefusal(await startUpload(system, bearer), full);
  await system.advance(15 * minute);

  expect((await startUpload(system, bearer)).status).toBe(200);
});

it("takes up a start that died before it was recorded, also when somebody looked for room meanwhile", async () => {
  const { connectionHandle: bearer, contactId } = chat;
  const start = () => startUpload(system, bearer, undefined, { ClientToken: "one" });
  database.fail("failing", "UpdateItem", { skip: 1 });
  await start();
  database.fail(undefined);
  await startUpload(system, bearer);
  expectRefusal(await startUpload(system, bearer), full);
  const upload = started(await start());
  await putFile(upload);

  expect((await completeUpload(system, bearer, upload.AttachmentId)).status).toBe(200);
  expect(await quotaOf(system, contactId)).toEqual({ files: 2, bytes: 10, underWay: 1 });
});
