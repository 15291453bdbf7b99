import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attendChat, openChat, send } from "../support/chat.ts";
import { faultSettings } from "../support/fault-settings.ts";
import { generousLimits } from "../support/operation-members.ts";
import {
  createConnection,
  disconnect,
  type ParticipantOperation,
  sendMessage,
} from "../support/participant-operations.ts";
import { accessDenied, costOf, expectRefusal } from "../support/refusals.ts";
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

describe("a chat that is over at Connect", () => {
  it("is answered 403, and then ended here: one database call, none upstream", async () => {
    await system.advance(61_000);
    await system.simulator.agent(chat.contactId, "end").catch(() => system.advance(300_000));
    const first = await call(sendMessage);
    const { result, ...cost } = await costOf(system, () => call(sendMessage));

    expectRefusal(first, accessDenied);
    expectRefusal(result, accessDenied);
    expect(cost).toEqual({ upstream: [], database: ["UpdateItem"] });
    expect(await system.readSession(chat.contactId)).not.toHaveProperty("pt");
  });

  it("is so too in its first minute, when its token is new", async () => {
    await system.simulator.faults([{ operation: "*", status: 403 }]);
    const first = await call(sendMessage);
    const { result, ...cost } = await costOf(system, () => call(sendMessage));

    expectRefusal(first, accessDenied);
    expectRefusal(result, accessDenied);
    expect(cost).toEqual({ upstream: [], database: ["UpdateItem"] });
  });

  it("is so too when it is the participant handle that finds out", async () => {
    await system.simulator.faults([{ operation: createConnection.name, status: 403 }]);
    const first = await call(createConnection, chat.participantHandle);
    await system.simulator.faults([]);
    const { result, ...cost } = await costOf(system, () => call(createConnection, chat.participantHandle));

    expectRefusal(first, accessDenied);
    expectRefusal(result, accessDenied);
    expect(cost).toEqual({ upstream: [], database: ["UpdateItem"] });
  });
});

it("replays a request once with a new token where Connect forgot the old one, and nobody notices", async () => {
  await system.advance(61_000);
  await system.simulator.faults([{ operation: "SendMessage", status: 403, times: 1 }]);
  const { result, upstream } = await costOf(system, () => call(sendMessage));

  expect(result.status).toBe(200);
  expect(upstream.map(({ operation }) => operation)).toEqual([
    "SendMessage",
    "CreateParticipantConnection",
    "SendMessage",
  ]);
  expect((await system.simulator.contacts()).at(-1)?.Transcript).toHaveLength(1);
});

it("asks nothing more of Connect once it refused the participant token, though the old connection token has life", async () => {
  const { connectionHandle, socket } = await attendChat(system, { ChatDurationInMinutes: 10_080 });
  await system.advance(22.5 * 3_600_000);
  await system.simulator.faults([{ operation: createConnection.name, status: 403 }]);
  const { result, upstream } = await costOf(system, () => call(sendMessage, connectionHandle));
  socket.close();

  expectRefusal(result, accessDenied);
  expect(upstream.map(({ operation }) => operation)).toEqual([createConnection.name]);
});

describe("a disconnect that fails upstream", () => {
  it("ends nothing, and works when repeated", async () => {
    await system.simulator.faults([{ operation: disconnect.name, status: 500, times: 2 }]);
    expectRefusal(await call(disconnect), connectFailed);
    expect((await call(sendMessage)).status).toBe(200);
    expect((await call(disconnect)).status).toBe(200);
  });

  it.each([
    400, 500,
  ])("with %i every time takes no more than a tenth of Connect's quota in a minute", async (status) => {
    await system.simulator.faults([{ operation: disconnect.name, status }]);
    const { upstream } = await costOf(system, async () => {
      for (let times = 0; times < 20; times++) await call(disconnect);
    });
    const perMinute = 3 * 60;

    expect(upstream.length).toBeLessThanOrEqual(perMinute / 10);
  });
});
