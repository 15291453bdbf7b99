import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attendChat, openChat, send } from "../support/chat.ts";
import { type DatabaseFault, type FaultyDatabase, startFaultyDatabase } from "../support/faulty-database.ts";
import { generousLimits } from "../support/operation-members.ts";
import {
  connectionOperations,
  createConnection,
  disconnect,
  type ParticipantOperation,
  sendMessage,
} from "../support/participant-operations.ts";
import { costOf, expectRefusal, unavailable } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let database: FaultyDatabase;
let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  database = await startFaultyDatabase();
  system = await startTestSystem({ AWS_ENDPOINT_URL_DYNAMODB: database.url, RATE_LIMITS: generousLimits });
});

beforeEach(async () => {
  // A container's budget of retries is finite; each test has a container of its own.
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

const call = ({ path, body }: ParticipantOperation, bearer: string) =>
  send(system.url, path, { bearer, body });

const everyOperation = [
  ...connectionOperations.map((operation) => ({ operation, handle: "connectionHandle" as const })),
  { operation: createConnection, handle: "participantHandle" as const },
];

describe.each<DatabaseFault>(["refused", "throttled", "failing"])("while the database is %s", (fault) => {
  it.each(
    everyOperation,
  )("$operation.name gets the 503 answer, never 403, and nothing goes upstream", async ({
    operation,
    handle,
  }) => {
    database.fail(fault);
    const before = database.calls.length;
    const { result, upstream } = await costOf(system, () => call(operation, chat[handle]));

    expectRefusal(result, unavailable);
    expect(result.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    expect(result.text).not.toMatch(/dynamodb|throttl|sessions|ECONN|127\.0\.0\.1/i);
    expect(upstream).toEqual([]);
    expect(database.calls.length - before).toBeLessThanOrEqual(2);
    database.fail(undefined);
    expect((await call(sendMessage, chat.connectionHandle)).status).toBe(200);
  });

  it("a wrong secret gets no other answer than a right one", async () => {
    database.fail(fault);
    const wrong = `${chat.connectionHandle.slice(0, -5)}AAAAA`;

    expectRefusal(await call(sendMessage, wrong), unavailable);
  });
});

it("sends a message once though the database's answer to its admission was lost", async () => {
  database.fail("answer-lost", "UpdateItem");
  const lost = await call(sendMessage, chat.connectionHandle);
  database.fail(undefined);
  const { body } = await call(
    { ...sendMessage, path: "/participant/transcript", body: {} },
    chat.connectionHandle,
  );

  expectRefusal(lost, unavailable);
  expect(body["Transcript"]).toEqual([]);
  expect((await call(sendMessage, chat.connectionHandle)).status).toBe(200);
});

it("lets a disconnect be repeated whose end could not be stored", async () => {
  const ClientToken = "the visitor's own";
  const leave = { ...disconnect, body: { ClientToken } };
  await system.simulator.faults([{ operation: disconnect.name, cut: "after" }]);
  await call(leave, chat.connectionHandle);
  await system.simulator.faults([]);
  await system.advance(15_000);
  const repeated = await call(leave, chat.connectionHandle);

  expect(repeated.status).toBe(200);
  expect((await system.readSession(chat.contactId))?.st).toBe("e");
});

describe("a lease whose answer was lost", () => {
  it("does not keep its own request from disconnecting", async () => {
    database.fail("answer-lost", "UpdateItem", { times: 1 });
    const { result, upstream } = await costOf(system, () => call(disconnect, chat.connectionHandle));

    expect(result.status).toBe(200);
    expect(upstream).toHaveLength(1);
  });

  it("does not keep its own request from renewing an expired token", async () => {
    const { connectionHandle, socket } = await attendChat(system, { ChatDurationInMinutes: 10_080 });
    await system.advance(20 * 3_600_000);
    await call(sendMessage, connectionHandle);
    await system.advance(5 * 3_600_000);
    database.fail("answer-lost", "UpdateItem", { skip: 1, times: 1 });
    const { result, upstream } = await costOf(system, () => call(sendMessage, connectionHandle));
    socket.close();

    expect(result.status).toBe(200);
    expect(upstream.map(({ operation }) => operation)).toEqual([
      "CreateParticipantConnection",
      "SendMessage",
    ]);
  });
});
