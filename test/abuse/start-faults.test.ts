import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import { faultSettings } from "../support/fault-settings.ts";
import { type FaultyDatabase, startFaultyDatabase } from "../support/faulty-database.ts";
import { type Cost, costOf, expectRefusal, type Refusal, unavailable } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const connectFailed: Refusal = { status: 500, type: "InternalServerException", reason: "ConnectFailed" };
let database: FaultyDatabase;
let system: TestSystem;

beforeAll(async () => {
  database = await startFaultyDatabase();
  system = await startTestSystem({ ...faultSettings, AWS_ENDPOINT_URL_DYNAMODB: database.url });
});

beforeEach(() => {
  // A container's budget of retries is finite; each test has a container of its own.
  system.restartFunctions();
});

afterEach(async () => {
  database.fail(undefined);
  await system.simulator.faults([]);
});

afterAll(async () => {
  await system.close();
  await database.close();
});

const start = (): Promise<Cost<Awaited<ReturnType<typeof send>>>> =>
  costOf(system, () => send(system.url, "/chat", { body: { ContactFlowId: "support", Username: "Jane" } }));

const operationsOf = ({ upstream }: Awaited<ReturnType<typeof start>>) =>
  upstream.map(({ operation }) => operation);

/** Nothing of ours, of AWS's or of the account may be told. */
function expectSilence(text: string): void {
  expect(text).not.toMatch(
    /arn:|[0-9a-f]{8}-[0-9a-f]{4}|123456789012|Simulated|sessions|dynamodb|ECONN|127\.0\.0\.1/i,
  );
}

it("answers too many chats at Connect with 429 TooManyChats, after exactly one call", async () => {
  await system.simulator.faults([
    { operation: "StartChatContact", status: 429, type: "LimitExceededException" },
  ]);
  const cost = await start();

  expectRefusal(cost.result, { status: 429, type: "ThrottlingException", reason: "TooManyChats" });
  expect(cost.result.headers.get("retry-after")).toBe("30");
  expect(operationsOf(cost)).toEqual(["StartChatContact"]);
});

it("answers throttling by Connect with 429 ServiceBusy, after two tries at most", async () => {
  await system.simulator.faults([{ operation: "StartChatContact", status: 429 }]);
  const cost = await start();

  expectRefusal(cost.result, { status: 429, type: "ThrottlingException", reason: "ServiceBusy" });
  expect(cost.result.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
  expect(cost.upstream.length).toBeLessThanOrEqual(2);
});

describe("a start that Connect spoils", () => {
  it.each([
    [connectFailed, 1, { status: 404, type: "ResourceNotFoundException" }],
    [connectFailed, 1, { status: 403, type: "AccessDeniedException" }],
    [connectFailed, 1, { status: 403, type: "ExpiredTokenException" }],
    [connectFailed, 2, { status: 500 }],
    [unavailable, 2, { cut: "before" }],
    [unavailable, 2, { cut: "mid-body" }],
    [unavailable, 2, { body: "html" }],
    [unavailable, 2, { body: "truncated" }],
    [unavailable, 2, { status: 200 }],
  ] as const)("is answered %j, after at most %i tries, when it answers %j", async (refusal, tries, fault) => {
    await system.simulator.faults([{ operation: "StartChatContact", ...fault }]);
    const cost = await start();

    expectRefusal(cost.result, refusal);
    expectSilence(cost.result.text);
    expect(cost.upstream.length).toBeLessThanOrEqual(tries);
    await system.simulator.faults([]);
    expect((await start()).result.status).toBe(200);
  });

  it("by knowing neither instance nor flow is a 5xx that names neither", async () => {
    for (const unknown of [{ knownFlows: ["another"] }, { knownInstances: ["another"] }]) {
      await system.simulator.switches(unknown);
      const { result } = await start();
      await system.simulator.switches({ knownFlows: null, knownInstances: null });

      expectRefusal(result, connectFailed);
      expectSilence(result.text);
    }
  });
});

/** The start is recorded with the first item that is put; the second is the session. */
const afterTheRecord = { skip: 1 };

describe("a start that cannot be recorded", () => {
  it.each([
    "refused",
    "throttled",
    "failing",
  ] as const)("because the database is %s asks Connect for nothing", async (fault) => {
    database.fail(fault, "PutItem");
    const cost = await start();

    expectRefusal(cost.result, unavailable);
    expectSilence(cost.result.text);
    expect(cost.upstream).toEqual([]);
  });
});

describe("a start whose session cannot be stored", () => {
  it.each([
    "refused",
    "throttled",
    "failing",
  ] as const)("because the database is %s stops its contact", async (fault) => {
    database.fail(fault, "PutItem", afterTheRecord);
    const cost = await start();
    database.fail(undefined);

    expectRefusal(cost.result, unavailable);
    expect(cost.result.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    expectSilence(cost.result.text);
    expect(operationsOf(cost)).toEqual(["StartChatContact", "StopContact"]);
    expect((await system.simulator.contacts()).at(-1)?.Status).toBe("ENDED");
  });

  it("leaves no contact without a session where the database's answer alone was lost", async () => {
    database.fail("answer-lost", "PutItem", afterTheRecord);
    const { result } = await start();
    database.fail(undefined);
    const contact = (await system.simulator.contacts()).at(-1);
    const item = await system.readSession(String(contact?.ContactId));

    expect([200, 503]).toContain(result.status);
    expect(contact?.Status === "ENDED").toBe(result.status !== 200);
    // No session without a contact: nobody holds its handle, but no live item may stay for the chat's seven days.
    expect(item === undefined || item.st === "e").toBe(result.status !== 200);
  });

  it("is the 503 answer too when its contact cannot be stopped either", async () => {
    database.fail("refused", "PutItem", afterTheRecord);
    await system.simulator.faults([{ operation: "StopContact", status: 500 }]);
    const cost = await start();

    expectRefusal(cost.result, unavailable);
    expectSilence(cost.result.text);
  });

  it("does not mind a contact that is over already", async () => {
    database.fail("refused", "PutItem", afterTheRecord);
    await system.simulator.faults([{ operation: "StopContact", status: 410 }]);

    expectRefusal((await start()).result, unavailable);
  });
});

it("starts chats again as soon as the database answers", async () => {
  database.fail("refused");
  await start();
  database.fail(undefined);

  expect(await openChat(system)).toHaveProperty("connectionHandle");
});
