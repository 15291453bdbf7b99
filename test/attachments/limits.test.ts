import { afterAll, beforeAll, expect, it } from "vitest";
import { openChat } from "../support/chat.ts";
import { costOf } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { quotaOf, startUpload } from "../support/upload.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ ATTACHMENT_POLICY: '{"filesPerChat":1}' });
});

afterAll(async () => {
  await system.close();
});

it("counts a start beyond the quota like any other: the search for room cannot be had for nothing", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const statuses: number[] = [];
  for (let starts = 0; starts < 7; starts++) {
    statuses.push((await startUpload(system, connectionHandle)).status);
  }

  expect(statuses).toEqual([200, 402, 402, 402, 402, 429, 429]);
  expect(await quotaOf(system, contactId)).toEqual({ files: 1, bytes: 5, underWay: 1 });
});

it("refuses a start beyond the limit without a call, once it is known", async () => {
  const { connectionHandle } = await openChat(system);
  for (let starts = 0; starts < 6; starts++) await startUpload(system, connectionHandle);
  const { result, database } = await costOf(system, () => startUpload(system, connectionHandle));

  expect(result.status).toBe(429);
  expect(database).toEqual([]);
});
