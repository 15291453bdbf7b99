import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { faultSettings } from "../support/fault-settings.ts";
import { generousLimits } from "../support/operation-members.ts";
import { createConnection, operationsAskingConnect, sendMessage } from "../support/participant-operations.ts";
import { expectRefusal, unavailable } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

/**
 * Two seconds of it are kept back for the answer (start-deadline); the upstream takes two as well, and would be
 * waited for otherwise.
 */
const remainingMs = 2_400;
let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  system = await startTestSystem({ ...faultSettings, RATE_LIMITS: generousLimits });
});

beforeEach(async () => {
  chat = await openChat(system);
});

afterEach(async () => {
  await system.simulator.faults([]);
});

afterAll(async () => {
  await system.close();
});

const everyOperation = [
  ...operationsAskingConnect.map((operation) => ({ operation, handle: "connectionHandle" as const })),
  { operation: createConnection, handle: "participantHandle" as const },
];

describe("an upstream slower than the function's own time", () => {
  it.each(everyOperation)("ends $operation.name in the 503 answer, before Lambda would end it", async ({
    operation: { path, body },
    handle,
  }) => {
    const invoke = createDirectFunctions(system);
    await system.simulator.faults([{ operation: "*", delayMs: 2_000 }]);
    const headers = { "x-amz-bearer": chat[handle] };
    const answer = await invoke({ resource: path, headers, body: JSON.stringify(body) }, remainingMs);

    expectRefusal(answer, unavailable);
  });

  it("ends a start in the 503 answer too", async () => {
    const invoke = createDirectFunctions(system);
    await system.simulator.faults([{ operation: "*", delayMs: 2_000 }]);
    const body = '{"ContactFlowId":"support","Username":"Jane"}';

    expectRefusal(await invoke({ resource: "/chat", body }, remainingMs), unavailable);
  });

  it("leaves the chat as it was: the same handles serve the next request", async () => {
    const invoke = createDirectFunctions(system);
    const event = {
      resource: sendMessage.path,
      headers: { "x-amz-bearer": chat.connectionHandle },
      body: JSON.stringify(sendMessage.body),
    };
    await system.simulator.faults([{ operation: "SendMessage", delayMs: 2_000, times: 1 }]);
    await invoke(event, remainingMs);

    expect((await invoke(event)).status).toBe(200);
  });

  it("is not asked twice to disconnect by those who wait for the one that does", async () => {
    await system.simulator.faults([{ operation: "DisconnectParticipant", delayMs: 300 }]);
    const leave = () => send(system.url, "/participant/disconnect", { bearer: chat.connectionHandle });
    await system.simulator.forgetCalls();
    const answers = await Promise.all([leave(), leave(), leave()]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await system.simulator.calls("DisconnectParticipant")).toHaveLength(1);
  });
});

it.each([
  { type: "ValidationException", status: 400 },
  { type: "ServiceQuotaExceededException", status: 402 },
  { type: "ConflictException", status: 409 },
])("keeps type and status of Connect's $type, in words of our own", async ({ type, status }) => {
  await system.simulator.faults([{ operation: "SendMessage", status, type }]);
  const { path, body } = sendMessage;
  const answer = await send(system.url, path, { bearer: chat.connectionHandle, body });

  expectRefusal(answer, { status, type, reason: "RefusedByConnect" });
  expect(answer.text).not.toContain("Simulated");
});
