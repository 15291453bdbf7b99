import { afterAll, beforeAll, expect, it } from "vitest";
import { ended } from "../../lambdas/sessions/session-end.ts";
import { connectChat, openChat, send } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import {
  chatOperations,
  createConnection,
  disconnect,
  type ParticipantOperation,
  sendMessage,
} from "../support/participant-operations.ts";
import { accessDenied, costOf, expectRefusal, fingerprint } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const hour = 3_600_000;
let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  await system.simulator.switches({ connectWithinSeconds: 30 * 24 * 3_600 });
});

afterAll(async () => {
  await system.close();
});

const call = ({ path, body }: ParticipantOperation, bearer: string) =>
  send(system.url, path, { bearer, body });

/** Every operation that an ended chat refuses, with the handle it takes. */
const refusedOnceEnded = [
  ...chatOperations.map((operation) => ({ operation, handle: "connectionHandle" as const })),
  { operation: createConnection, handle: "participantHandle" as const },
];

it("refuses an idle connection handle; the participant handle earns the next one, and the old one stays refused", async () => {
  const chat = await openChat(system, { ChatDurationInMinutes: 10_080 });
  await system.advance(24 * hour - 1);
  expect((await call(sendMessage, chat.connectionHandle)).status).toBe(200);
  await system.advance(24 * hour);

  const { result: idle, upstream } = await costOf(system, () => call(sendMessage, chat.connectionHandle));
  const next = await connectChat(system.url, chat.participantHandle);
  const old = await call(sendMessage, chat.connectionHandle);
  const fresh = await call(sendMessage, next);

  expectRefusal(idle, accessDenied);
  expect(upstream).toEqual([]);
  expect(next).not.toBe(chat.connectionHandle);
  expectRefusal(old, accessDenied);
  expect(fresh.status).toBe(200);
});

it("leaves a chat that has Connect's own socket its day, in a deployment that relays by then", async () => {
  const chat = await openChat(system, { ChatDurationInMinutes: 10_080 });
  const relaying = createDirectFunctions(system, {
    REAL_TIME: "relay",
    RELAY_URL: "wss://relay.example.com/prod",
    STREAMING_TOPIC_ARN: "arn:aws:sns:eu-west-2:111122223333:chat",
  });
  const invoke = ({ path, body }: ParticipantOperation, bearer: string) =>
    relaying({ resource: path, headers: { "x-amz-bearer": bearer }, body: JSON.stringify(body) });
  expect((await invoke(sendMessage, chat.connectionHandle)).status).toBe(200);
  await system.advance(24 * hour - 1);
  expect((await invoke(sendMessage, chat.connectionHandle)).status).toBe(200);
  const { body } = await invoke(createConnection, chat.participantHandle);

  expect(body["ConnectionCredentials"]).toMatchObject({
    ConnectionToken: chat.connectionHandle,
    Expiry: new Date(system.clock.now() + 24 * hour).toISOString(),
  });
});

it("gives parallel tabs that wake an idle chat one and the same new handle", async () => {
  const chat = await openChat(system, { ChatDurationInMinutes: 10_080 });
  await system.advance(25 * hour);

  const handles = await Promise.all(
    Array.from({ length: 5 }, () => connectChat(system.url, chat.participantHandle)),
  );

  expect(new Set(handles).size).toBe(1);
  expect(handles).not.toContain(chat.connectionHandle);
});

it("does not let refused requests keep a handle from idling out", async () => {
  const chat = await openChat(system, { ChatDurationInMinutes: 10_080 });
  await system.advance(23 * hour);
  await call(sendMessage, `${chat.connectionHandle.slice(0, -2)}AA`);
  await send(system.url, sendMessage.path, { bearer: chat.connectionHandle, body: { Content: 7 } });
  await system.advance(hour);

  expectRefusal(await call(sendMessage, chat.connectionHandle), accessDenied);
});

it("refuses both handles at the end of the chat's duration, however active the chat is", async () => {
  const chat = await openChat(system, { ChatDurationInMinutes: 60 });
  for (let minutes = 10; minutes < 60; minutes += 10) {
    await system.advance(hour / 6);
    expect((await call(sendMessage, chat.connectionHandle)).status).toBe(200);
  }
  await system.advance(hour / 6);

  for (const { operation, handle } of [
    ...refusedOnceEnded,
    { operation: disconnect, handle: "connectionHandle" as const },
  ]) {
    const { result, ...cost } = await costOf(system, () => call(operation, chat[handle]));
    expectRefusal(result, accessDenied);
    expect(cost).toEqual({ upstream: [], database: ["UpdateItem"] });
  }
});

it.each(
  refusedOnceEnded,
)("refuses $operation.name of a chat that was revoked a moment ago elsewhere", async ({
  operation,
  handle,
}) => {
  const chat = await openChat(system);
  await call(sendMessage, chat.connectionHandle);
  await system.sessions.update(chat.contactId, ended(system.clock.now()));

  const { result, ...cost } = await costOf(system, () => call(operation, chat[handle]));

  expectRefusal(result, accessDenied);
  expect(cost).toEqual({ upstream: [], database: ["UpdateItem"] });
});

it("keeps nothing sealed of a revoked chat, and answers its disconnect from state", async () => {
  const chat = await openChat(system);
  await system.sessions.update(chat.contactId, ended(system.clock.now()));

  const { result, upstream } = await costOf(system, () => call(disconnect, chat.connectionHandle));

  expect(result).toMatchObject({ status: 200, body: {} });
  expect(upstream).toEqual([]);
  const item = await system.readSession(chat.contactId);
  expect(item).not.toHaveProperty("pt");
  expect(item).not.toHaveProperty("ct");
  expect(item).not.toHaveProperty("wc");
});

it("refuses every chat that was started before all were revoked, and serves those started after", async () => {
  const before = await openChat(system);
  await system.advance(1_000);
  const SESSIONS_VALID_FROM = new Date(system.clock.now()).toISOString();
  const after = await openChat(system);
  const invoke = createDirectFunctions(system, { SESSIONS_VALID_FROM });
  const event = ({ path, body }: ParticipantOperation, bearer: string) => ({
    resource: path,
    headers: { "x-amz-bearer": bearer },
    body: JSON.stringify(body),
  });

  for (const { operation, handle } of refusedOnceEnded) {
    const { result, upstream } = await costOf(system, () => invoke(event(operation, before[handle])));
    expectRefusal(result, accessDenied);
    expect(upstream).toEqual([]);
  }
  expect((await invoke(event(sendMessage, after.connectionHandle))).status).toBe(200);
  expect((await invoke(event(createConnection, after.participantHandle))).status).toBe(200);
});

it("refuses everything but the disconnect after a disconnect, in the words of any other refusal", async () => {
  const chat = await openChat(system);
  const fingerprints = new Set<string>();
  expect((await call(disconnect, chat.connectionHandle)).status).toBe(200);

  for (const { operation, handle } of refusedOnceEnded) {
    const { result, upstream } = await costOf(system, () => call(operation, chat[handle]));
    fingerprints.add(fingerprint(result));
    expectRefusal(result, accessDenied);
    expect(upstream).toEqual([]);
  }
  fingerprints.add(fingerprint(await call(sendMessage, "nonsense")));
  expect(fingerprints.size).toBe(1);
});

it("refuses an ended chat's disconnect with a wrong secret or the participant handle", async () => {
  const chat = await openChat(system);
  await call(disconnect, chat.connectionHandle);

  const wrong = await call(disconnect, `${chat.connectionHandle.slice(0, -5)}AAAAA`);
  const participant = await call(disconnect, chat.participantHandle);

  expectRefusal(wrong, accessDenied);
  expectRefusal(participant, accessDenied);
});
