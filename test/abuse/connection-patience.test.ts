import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openChat, send, startChat } from "../support/chat.ts";
import { faultSettings } from "../support/fault-settings.ts";
import { generousLimits } from "../support/operation-members.ts";
import { createConnection } from "../support/participant-operations.ts";
import { costOf } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  system = await startTestSystem({ ...faultSettings, RATE_LIMITS: generousLimits });
});

beforeEach(async () => {
  // A container's budget of retries is finite; each test has a container of its own.
  system.restartFunctions();
  chat = await openChat(system);
});

afterEach(async () => {
  await system.simulator.faults([]);
});

afterAll(async () => {
  await system.close();
});

const connect = (bearer: string) =>
  send(system.url, createConnection.path, { bearer, body: createConnection.body });

describe("CreateParticipantConnection", () => {
  it.each([
    ["429", { status: 429 }],
    ["500", { status: 500 }],
    ["503", { status: 503 }],
    ["a cut connection", { cut: "before" }],
  ])("absorbs %s three times, because clients die of one failure", async (_name, fault) => {
    await system.simulator.faults([{ operation: createConnection.name, times: 3, ...fault }]);
    const { result, upstream } = await costOf(system, () => connect(chat.participantHandle));

    expect(result.status).toBe(200);
    expect(upstream).toHaveLength(4);
  });

  it.each([
    { cut: "mid-body" },
    { body: "truncated" },
    { body: "html" },
    { status: 200 },
  ])("never answers 403 for the passing fault %j", async (fault) => {
    await system.simulator.faults([{ operation: createConnection.name, times: 1, ...fault }]);
    const answer = await connect(chat.participantHandle);

    expect([200, 503]).toContain(answer.status);
    expect((await connect(chat.participantHandle)).status).toBe(200);
  });

  it("absorbs them for ten chats of one container as well as for one", async () => {
    const chats = await Promise.all(Array.from({ length: 10 }, () => startChat(system.url)));
    await system.simulator.faults([
      { operation: createConnection.name, status: 500, times: 3 * chats.length },
    ]);
    const answers = await Promise.all(chats.map(({ participantHandle }) => connect(participantHandle)));

    expect(answers.filter(({ status }) => status !== 200)).toHaveLength(0);
  });
});
