import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiAnswer, send } from "../support/chat.ts";
import { faultSettings } from "../support/fault-settings.ts";
import { type RecordingLine, startRecordingLine } from "../support/recording-line.ts";
import { expectRefusal, unavailable } from "../support/refusals.ts";
import { startRelayedChat, textsOf } from "../support/relay-chat.ts";
import { openSubscribed } from "../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const operation = "StartContactStreaming";
const topic = "arn:aws:sns:eu-central-1:111122223333:chat-stream";

let line: RecordingLine;
let system: TestSystem;
let told: string[];

beforeAll(async () => {
  line = await startRecordingLine();
  system = await startTestSystem({
    ...faultSettings,
    REAL_TIME: "relay",
    AWS_ENDPOINT_URL_CONNECT: line.url,
  });
  line.connectTo(system.simulator.url);
});

beforeEach(async () => {
  system.restartFunctions();
  line.requests.length = 0;
  told = [];
  await system.simulator.forgetCalls();
});

afterEach(async () => {
  await system.simulator.faults([]);

  expect(told.join("\n")).not.toMatch(/arn:|sns|chat-stream|111122223333|0f2d7c1e/);
});

afterAll(async () => {
  await system.close();
  await line.close();
});

async function start(): Promise<ApiAnswer> {
  const answer = await send(system.url, "/chat", { body: { ContactFlowId: "support", Username: "Jane" } });
  told.push(answer.text, JSON.stringify([...answer.headers]));
  return answer;
}

const operations = async () => (await system.simulator.calls()).map(({ operation: name }) => name);
const streamRequests = () =>
  line.requests
    .filter(({ path }) => path.endsWith("/start-streaming"))
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);

/** That the newest contact is streamed once: an item of it comes once to SNS, which would bring another one's twice. */
async function expectOneStream(): Promise<void> {
  const chat = await startRelayedChat(system);
  const socket = await openSubscribed(chat.socketUrl);
  await system.simulator.forgetCalls();
  await system.simulator.agent(chat.contactId, "join");
  await system.simulator.agent(chat.contactId, "message", "hello");
  await expect.poll(() => textsOf(socket), { timeout: 10_000 }).toEqual(["hello"]);
  const published = (await publications()).filter(({ contactId }) => contactId === chat.contactId);

  expect(published).toHaveLength(2);
}

async function publications(): Promise<{ readonly service: string; readonly contactId?: string }[]> {
  const response = await fetch(`${system.simulator.url}/_sim/requests`);
  const requests = (await response.json()) as { service: string; contactId?: string }[];
  return requests.filter(({ service }) => service === "sns");
}

describe("a chat that starts", () => {
  it("is streamed to our topic, before its session can be used", async () => {
    const { status, body } = await start();
    const { ContactId } = (body as { data: { startChatResult: { ContactId: string } } }).data.startChatResult;

    expect(status).toBe(200);
    expect(await operations()).toEqual(["StartChatContact", operation]);
    expect(streamRequests()).toEqual([
      expect.objectContaining({
        ContactId,
        InstanceId: "0f2d7c1e-5b1a-4c59-9b57-3f7f2f0b7d11",
        ChatStreamingConfiguration: { StreamingEndpointArn: topic },
      }),
    ]);
    expect((await system.readSession(ContactId))?.sm).toBe("r");
  });

  it.each([
    ["throttled", { status: 429 }],
    ["failing", { status: 500 }],
    ["not aware of the contact yet", { status: 404, type: "ResourceNotFoundException" }],
    ["cut off before it acted", { cut: "before" }],
    ["cut off after it acted", { cut: "after" }],
  ])("is streamed once at the second try when Connect is %s", async (_name, fault) => {
    await system.simulator.faults([{ operation, times: 1, ...fault }]);
    await expectOneStream();
    const tokens = streamRequests().map(({ ClientToken }) => ClientToken);

    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
  });
});

describe("a chat that cannot be streamed", () => {
  it.each([
    ["throttles", { status: 429 }],
    ["fails", { status: 500 }],
    ["denies it", { status: 403, type: "AccessDeniedException" }],
    ["has too many streams", { status: 429, type: "LimitExceededException" }],
    ["hangs up", { cut: "before" }],
  ])("is stopped after two tries, and its caller told to come again, when Connect %s", async (_name, fault) => {
    await system.simulator.faults([{ operation, ...fault }]);
    const sessions = (await system.scan()).filter(({ st }) => st === "a").length;
    const answer = await start();

    expectRefusal(answer, unavailable);
    expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    expect(await operations()).toEqual(["StartChatContact", operation, operation, "StopContact"]);
    expect((await system.simulator.contacts()).at(-1)?.Status).toBe("ENDED");
    expect((await system.scan()).filter(({ st }) => st === "a")).toHaveLength(sessions);
  });

  it("leaves the next one as good as any", async () => {
    await system.simulator.faults([{ operation, times: 2, status: 500 }]);
    expectRefusal(await start(), unavailable);
    await expectOneStream();
  });
});
