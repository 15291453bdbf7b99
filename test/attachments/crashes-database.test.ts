import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openChat } from "../support/chat.ts";
import { type FaultyDatabase, startFaultyDatabase } from "../support/faulty-database.ts";
import { generousLimits } from "../support/operation-members.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import {
  attachmentsAtConnect,
  callsOnFiles,
  completeUpload,
  putUpload,
  quotaOf,
  refusedFile,
} from "../support/upload.ts";

let database: FaultyDatabase;
let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

/** Writes of one Complete: admitted, taken, inspected, started at Connect, put, done, settled. */
const writes = 7;

/** Writes of a Complete that refuses: admitted, taken, refused, given back. */
const writesOfRefusal = 4;

/** Longer than one request may keep others away. */
const leaseOver = 31_000;

beforeAll(async () => {
  database = await startFaultyDatabase();
  system = await startTestSystem({ AWS_ENDPOINT_URL_DYNAMODB: database.url, RATE_LIMITS: generousLimits });
});

beforeEach(async () => {
  system.restartFunctions();
  chat = await openChat(system);
});

afterEach(() => {
  database.fail(undefined);
});

afterAll(async () => {
  await system.close();
  await database.close();
});

function numbersBelow(end: number) {
  return Array.from({ length: end }, (_, skip) => ({ skip }));
}

describe.each(["failing", "answer-lost"] as const)("when the database is %s", (fault) => {
  it.each(numbersBelow(writes))("from write $skip of a Complete on, a retry finishes", async ({ skip }) => {
    const id = await putUpload(system, chat.connectionHandle);
    database.fail(fault, "UpdateItem", { skip });
    const died = await completeUpload(system, chat.connectionHandle, id);
    database.fail(undefined);
    await system.advance(leaseOver);
    const retried = await completeUpload(system, chat.connectionHandle, id);

    expect(died.status).toBe(503);
    expect([retried.status, retried.body]).toEqual([200, {}]);
    expect(await attachmentsAtConnect(system, chat.contactId)).toHaveLength(1);
    expect(system.uploadedKeys().filter((key) => key.endsWith(id))).toEqual([]);
    expect(await quotaOf(system, chat.contactId)).toEqual({ files: 1, bytes: 5, underWay: 0 });
  });

  it.each(
    numbersBelow(writesOfRefusal),
  )("from write $skip of a Complete that refuses on, a retry refuses", async ({ skip }) => {
    const id = await putUpload(system, chat.connectionHandle, refusedFile);
    await system.simulator.forgetCalls();
    database.fail(fault, "UpdateItem", { skip });
    await completeUpload(system, chat.connectionHandle, id);
    database.fail(undefined);
    await system.advance(leaseOver);
    const retried = await completeUpload(system, chat.connectionHandle, id);

    expect(retried.body).toMatchObject({ reason: expect.stringMatching(/^Attachment(?!NotUploaded)/) });
    expect(await callsOnFiles(system)).toEqual([]);
    expect(system.uploadedKeys().filter((key) => key.endsWith(id))).toEqual([]);
    expect(await quotaOf(system, chat.contactId)).toEqual({ files: 0, bytes: 0, underWay: 0 });
  });
});

it("makes as many writes as the tests above let fail", async () => {
  const cost = async (id: string) => {
    const before = database.calls.length;
    await completeUpload(system, chat.connectionHandle, id);
    return database.calls.length - before;
  };

  expect(await cost(await putUpload(system, chat.connectionHandle))).toBe(writes);
  expect(await cost(await putUpload(system, chat.connectionHandle, refusedFile))).toBe(writesOfRefusal);
});

it("survives one lost answer of each write without a retry of the client's", async () => {
  for (const { skip } of numbersBelow(writes)) {
    const id = await putUpload(system, chat.connectionHandle);
    database.fail("answer-lost", "UpdateItem", { skip, times: 1 });
    const answer = await completeUpload(system, chat.connectionHandle, id);
    database.fail(undefined);

    expect([skip, answer.status]).toEqual([skip, 200]);
  }
  expect(await attachmentsAtConnect(system, chat.contactId)).toHaveLength(writes);
  expect(await quotaOf(system, chat.contactId)).toEqual({ files: writes, bytes: 5 * writes, underWay: 0 });
});
