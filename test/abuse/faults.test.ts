import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectChat, openChat, send } from "../support/chat.ts";
import { faultSettings } from "../support/fault-settings.ts";
import { generousLimits } from "../support/operation-members.ts";
import {
  chatOperations,
  disconnect,
  operationsAskingConnect,
  type ParticipantOperation,
  sendMessage,
} from "../support/participant-operations.ts";
import { costOf, expectRefusal, unavailable } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const connectFailed = { status: 500, type: "InternalServerException", reason: "ConnectFailed" };
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

const call = ({ path, body }: ParticipantOperation, bearer = chat.connectionHandle) =>
  send(system.url, path, { bearer, body });

const sayHello = { ...sendMessage, body: { ...sendMessage.body, ClientToken: "once" } };

async function transcript(): Promise<unknown[]> {
  const { body } = await send(system.url, "/participant/transcript", { bearer: chat.connectionHandle });
  return body["Transcript"] as unknown[];
}

/** Expects a 5xx in the Participant Service's shape that tells nothing of what happened. */
function expectClear5xx(answer: Awaited<ReturnType<typeof call>>): void {
  expectRefusal(answer, answer.status === 500 ? connectFailed : unavailable);
  expect(answer.text).not.toMatch(/Simulated|html|JSON|socket|ECONN|127\.0\.0\.1|at /i);
}

const withoutOutput = [disconnect.name];

describe("a message that Connect fails to take", () => {
  it("once, is sent again and arrives once", async () => {
    await system.simulator.faults([{ operation: "SendMessage", status: 500, times: 1 }]);
    const { result, upstream } = await costOf(system, () => call(sayHello));

    expect(result.status).toBe(200);
    expect(upstream.map(({ status }) => status)).toEqual([500, 200]);
    expect(await transcript()).toHaveLength(1);
  });

  it.each(["after", "mid-body"])("once, having taken it (connection cut %s), arrives once", async (cut) => {
    await system.simulator.faults([{ operation: "SendMessage", cut, times: 1 }]);
    for (const body of [sayHello.body, sendMessage.body]) {
      const { result, upstream } = await costOf(system, () => call({ ...sendMessage, body }));
      const tokens = new Set(upstream.map(({ ClientToken }) => ClientToken));
      expect(tokens.size).toBe(1);
      expect([200, 503]).toContain(result.status);
      await system.simulator.faults([{ operation: "SendMessage", cut, times: 1 }]);
    }
    await system.simulator.faults([]);
    expect((await call(sayHello)).status).toBe(200);
    expect(await transcript()).toHaveLength(2);
  });

  it("always, is one clear 500 after two tries", async () => {
    await system.simulator.faults([{ operation: "SendMessage", status: 500 }]);
    const { result, upstream } = await costOf(system, () => call(sayHello));

    expectRefusal(result, connectFailed);
    expect(upstream.map(({ status }) => status)).toEqual([500, 500]);
    expect(await transcript()).toHaveLength(0);
  });

  it("for want of capacity, is a 429 that says when to come again", async () => {
    await system.simulator.faults([{ operation: "SendMessage", status: 429 }]);
    const { result, upstream } = await costOf(system, () => call(sayHello));

    expectRefusal(result, { status: 429, type: "ThrottlingException", reason: "ServiceBusy" });
    expect(result.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    expect(upstream.length).toBeLessThanOrEqual(2);
  });
});

const breakages = [
  { operation: "*", cut: "before" },
  { operation: "*", cut: "after" },
  { operation: "*", cut: "mid-body" },
  { operation: "*", body: "truncated" },
  { operation: "*", body: "html" },
  { operation: "*", status: 200, body: "html" },
  { operation: "*", status: 502, body: "html" },
  { operation: "*", status: 500, body: "truncated" },
  { operation: "*", status: 503, type: "Some.Unknown#Thing:http://evil" },
];

describe.each(breakages)("when Connect answers with %j", (fault) => {
  it.each([
    ...operationsAskingConnect.filter(({ name }) => name !== disconnect.name),
    disconnect,
  ])("$name ends in a clear 5xx and the next chat is served", async (operation) => {
    await system.simulator.faults([fault]);
    const { result, upstream } = await costOf(system, () => call(operation));
    await system.simulator.faults([]);
    const next = await openChat(system);

    // To an operation without output no body of a 200 matters.
    if (result.status === 200) expect(withoutOutput).toContain(operation.name);
    else expectClear5xx(result);
    expect(upstream.length).toBeLessThanOrEqual(2);
    expect((await call(sendMessage, next.connectionHandle)).status).toBe(200);
  });
});

it.each([
  { name: "SendMessage", path: sendMessage.path, status: 200 },
  { name: "SendEvent", path: "/participant/event", status: 200 },
])("an answer of Connect's to $name that lacks what it must have is a 503", async ({
  name,
  path,
  status,
}) => {
  await system.simulator.faults([{ operation: name, status }]);
  const operation = chatOperations.find((each) => each.path === path) ?? sendMessage;

  expectRefusal(await call(operation), unavailable);
});

it("keeps the participant handle good through everything but the end", async () => {
  await system.simulator.faults([{ operation: "*", status: 500, times: 4 }]);
  await call(sendMessage);
  await system.simulator.faults([]);

  expect(await connectChat(system.url, chat.participantHandle)).toBe(chat.connectionHandle);
});
