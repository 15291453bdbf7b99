import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openChat } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { generousLimits } from "../support/operation-members.ts";
import { expectRefusal, unavailable } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { attachmentsAtConnect, completeUpload, putUpload, quotaOf } from "../support/upload.ts";

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

/** What Lambda leaves a request whose deadline is to come soon: its reserve of two seconds, and one. */
const shortMs = 3_000;

beforeAll(async () => {
  system = await startTestSystem({ RATE_LIMITS: generousLimits });
});

beforeEach(async () => {
  system.restartFunctions();
  chat = await openChat(system);
});

afterEach(async () => {
  await system.simulator.faults([]);
  await system.simulator.switches({ idempotencySeconds: 600 });
});

afterAll(async () => {
  await system.close();
});

function completeInShortTime(id: string) {
  const resource = "/participant/complete-attachment-upload";
  const headers = { "x-amz-bearer": chat.connectionHandle };
  const body = JSON.stringify({ AttachmentIds: [id], ClientToken: "one" });
  return createDirectFunctions(system)({ resource, path: resource, headers, body }, shortMs);
}

async function expectFinished(id: string): Promise<void> {
  expect((await completeUpload(system, chat.connectionHandle, id)).status).toBe(200);
  expect(await attachmentsAtConnect(system, chat.contactId)).toHaveLength(1);
  expect(system.uploadedKeys()).toEqual([]);
  expect(await quotaOf(system, chat.contactId)).toEqual({ files: 1, bytes: 5, underWay: 0 });
}

const mishaps = [
  { mishap: "hangs up before", fault: { cut: "before" } },
  { mishap: "hangs up after", fault: { cut: "after" } },
  { mishap: "stops in the middle of the answer of", fault: { cut: "mid-body" } },
  { mishap: "fails at", fault: { status: 500 } },
];

/** The answer to a PUT has no body in whose middle it could stop. */
const mishapsOfPut = mishaps.filter(({ fault }) => fault.cut !== "mid-body");

describe.each(["StartAttachmentUpload", "CompleteAttachmentUpload"])("%s", (operation) => {
  it.each(mishaps)("is asked again when Connect $mishap it once", async ({ fault }) => {
    const id = await putUpload(system, chat.connectionHandle);
    await system.simulator.faults([{ operation, ...fault, times: 1 }]);

    await expectFinished(id);
  });

  it.each(mishaps)("is asked by the next request when Connect $mishap it until the end", async ({
    fault,
  }) => {
    const id = await putUpload(system, chat.connectionHandle);
    await system.simulator.faults([{ operation, ...fault }]);
    const died = await completeInShortTime(id);
    await system.simulator.faults([]);

    expect(died.status).toBeGreaterThanOrEqual(500);
    await expectFinished(id);
  });
});

it.each([
  ...mishapsOfPut,
  { mishap: "refuses", fault: { status: 403 } },
])("puts the bytes again after Connect's file store $mishap it", async ({ fault }) => {
  const id = await putUpload(system, chat.connectionHandle);
  await system.simulator.faults([{ operation: "PutObject", ...fault }]);
  expectRefusal(await completeUpload(system, chat.connectionHandle, id), unavailable);
  await system.simulator.faults([]);

  await expectFinished(id);
});

it("asks for another address when the one of a dead request has ended", async () => {
  const id = await putUpload(system, chat.connectionHandle);
  await system.simulator.forgetCalls();
  await system.simulator.faults([{ operation: "PutObject", cut: "before" }]);
  await completeUpload(system, chat.connectionHandle, id);
  await system.simulator.faults([]);
  await system.advance(61_000);

  await expectFinished(id);
  const starts = await system.simulator.calls("StartAttachmentUpload");
  expect(starts.map(({ ClientToken }) => ClientToken)).toEqual([`${id}-1`, `${id}-1`, `${id}-2`]);
});

it("takes Connect's conflict for what it is: an earlier try got through", async () => {
  await system.simulator.switches({ idempotencySeconds: 0 });
  const id = await putUpload(system, chat.connectionHandle);
  await system.simulator.faults([{ operation: "CompleteAttachmentUpload", cut: "after", times: 1 }]);

  await expectFinished(id);
});
