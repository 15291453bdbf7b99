import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { attendChat, openChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { accessDenied, expectRefusal } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import {
  attachmentsAtConnect,
  callsOnFiles,
  completeUpload,
  putUpload,
  quotaOf,
  startUpload,
} from "../support/upload.ts";

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  system = await startTestSystem({ RATE_LIMITS: generousLimits });
});

beforeEach(async () => {
  system.restartFunctions();
  chat = await openChat(system);
});

afterEach(async () => {
  await system.simulator.faults([]);
});

afterAll(async () => {
  await system.close();
});

it.each([
  ["StartAttachmentUpload", 400, "ValidationException"],
  ["StartAttachmentUpload", 402, "ServiceQuotaExceededException"],
  ["StartAttachmentUpload", 409, "ConflictException"],
  ["CompleteAttachmentUpload", 400, "ValidationException"],
  ["CompleteAttachmentUpload", 402, "ServiceQuotaExceededException"],
])("passes on that Connect refused %s with %i, and a retry finishes", async (operation, status, type) => {
  const id = await putUpload(system, chat.connectionHandle);
  await system.simulator.faults([{ operation, status, type, times: 1 }]);

  expectRefusal(await completeUpload(system, chat.connectionHandle, id), {
    status,
    type,
    reason: "RefusedByConnect",
  });
  expect(await quotaOf(system, chat.contactId)).toEqual({ files: 1, bytes: 5, underWay: 1 });
  expect((await completeUpload(system, chat.connectionHandle, id)).status).toBe(200);
  expect(await attachmentsAtConnect(system, chat.contactId)).toHaveLength(1);
  expect(await quotaOf(system, chat.contactId)).toEqual({ files: 1, bytes: 5, underWay: 0 });
});

it("waits out bursts of Connect's small quota", async () => {
  const id = await putUpload(system, chat.connectionHandle);
  await system.simulator.faults([
    { operation: "StartAttachmentUpload", status: 429, times: 3 },
    { operation: "CompleteAttachmentUpload", status: 429, times: 3 },
  ]);
  await system.simulator.forgetCalls();

  expect((await completeUpload(system, chat.connectionHandle, id)).status).toBe(200);
  expect(await callsOnFiles(system)).toHaveLength(8);
  expect(await attachmentsAtConnect(system, chat.contactId)).toHaveLength(1);
});

it("closes the chat that Connect says is over", async () => {
  const { connectionHandle, contactId, socket } = await attendChat(system);
  const id = await putUpload(system, connectionHandle);
  await system.simulator.agent(contactId, "join");
  await system.simulator.agent(contactId, "end");

  expectRefusal(await completeUpload(system, connectionHandle, id), accessDenied);
  expectRefusal(await startUpload(system, connectionHandle), accessDenied);
  expect((await system.readSession(contactId))?.st).toBe("e");
  socket.close();
});
