import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openChat, startChat } from "../support/chat.ts";
import { faultSettings } from "../support/fault-settings.ts";
import { generousLimits } from "../support/operation-members.ts";
import { type RecordingLine, startRecordingLine } from "../support/recording-line.ts";
import { accessDenied, expectRefusal } from "../support/refusals.ts";
import { askConnection } from "../support/relay-chat.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const operation = "CreateParticipantConnection";

let line: RecordingLine;
let system: TestSystem;
let participantHandle: string;

beforeAll(async () => {
  line = await startRecordingLine();
  system = await startTestSystem({
    ...faultSettings,
    REAL_TIME: "relay",
    RATE_LIMITS: generousLimits,
    AWS_ENDPOINT_URL_CONNECTPARTICIPANT: line.url,
  });
  line.connectTo(system.simulator.url);
});

beforeEach(async () => {
  system.restartFunctions();
  ({ participantHandle } = await startChat(system.url));
  line.requests.length = 0;
});

afterEach(async () => {
  await system.simulator.faults([]);
});

afterAll(async () => {
  await system.close();
  await line.close();
});

const connect = (Type?: readonly string[]) =>
  askConnection(system, participantHandle, { ...(Type && { Type }) });
const askedOfConnect = () => line.requests.map(({ body }) => JSON.parse(body) as unknown);

describe("a connection", () => {
  it("has the address of a socket of ours, as chatjs takes it, good for 100 seconds", async () => {
    const { body } = await connect();
    const { Url, ConnectionExpiry } = body["Websocket"] as { Url: string; ConnectionExpiry: string };

    expect(Url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/relay\?ticket=[\w.-]+$/);
    expect(Url).toContain(`:${new URL(system.url).port}/`);
    expect(Date.parse(ConnectionExpiry)).toBe(system.clock.now() + 100_000);
  });

  it.each([
    [undefined, ["ConnectionCredentials", "Websocket"]],
    [
      ["WEBSOCKET", "CONNECTION_CREDENTIALS"],
      ["ConnectionCredentials", "Websocket"],
    ],
    [["WEBSOCKET"], ["Websocket"]],
    [["CONNECTION_CREDENTIALS"], ["ConnectionCredentials"]],
  ])("asked for with the types %j has %j", async (types, members) => {
    const { status, body } = await connect(types);

    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(members);
    expect(askedOfConnect()).toEqual([{ Type: ["CONNECTION_CREDENTIALS"], ConnectParticipant: true }]);
  });

  it("mints no ticket where no socket is asked for", async () => {
    const { contactId, participantHandle: bearer } = await startChat(system.url);
    await askConnection(system, bearer, { Type: ["CONNECTION_CREDENTIALS"] });

    expect((await system.readSession(contactId))?.tk).toBeUndefined();
  });

  it("connects the participant at Connect once, however many tabs ask at once", async () => {
    await system.simulator.faults([{ operation, delayMs: 300 }]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => connect()));
    for (let load = 0; load < 5; load++) answers.push(await connect());
    const urls = answers.map(({ body }) => (body["Websocket"] as { Url: string }).Url);
    const handles = answers.map(({ body }) => JSON.stringify(body["ConnectionCredentials"]));

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect([new Set(urls).size, new Set(handles).size]).toEqual([25, 1]);
    expect(askedOfConnect()).toEqual([{ Type: ["CONNECTION_CREDENTIALS"], ConnectParticipant: true }]);
  });

  it("is connected with, and not again, when its day is over at Connect", async () => {
    const { participantHandle: bearer } = await startChat(system.url, { ChatDurationInMinutes: 10_080 });
    for (let hour = 0; hour <= 30; hour++) {
      expect((await askConnection(system, bearer)).status).toBe(200);
      await system.advance(3_600_000);
    }

    expect(askedOfConnect()).toEqual([
      { Type: ["CONNECTION_CREDENTIALS"], ConnectParticipant: true },
      { Type: ["CONNECTION_CREDENTIALS"] },
    ]);
  });

  it.each([
    ["429", { status: 429 }],
    ["500", { status: 500 }],
    ["a cut connection", { cut: "after" }],
  ])("absorbs %s three times", async (_name, fault) => {
    await system.simulator.faults([{ operation, times: 3, ...fault }]);

    expect((await connect()).status).toBe(200);
    expect(line.requests).toHaveLength(4);
  });

  it("is refused with 403 for a chat that is over at Connect, whose session ends with it", async () => {
    const chat = await openChat(system);
    const other = await startChat(system.url);
    await system.simulator.faults([{ operation, status: 403 }]);
    expectRefusal(await askConnection(system, other.participantHandle), accessDenied);
    await system.simulator.faults([]);

    expect((await system.readSession(other.contactId))?.st).toBe("e");
    expectRefusal(await askConnection(system, other.participantHandle), accessDenied);
    expect((await askConnection(system, chat.participantHandle)).status).toBe(200);
  });
});
