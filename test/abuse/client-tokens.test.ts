import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import { faultSettings } from "../support/fault-settings.ts";
import { type RecordingLine, startRecordingLine } from "../support/recording-line.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let line: RecordingLine;
let system: TestSystem;

beforeAll(async () => {
  line = await startRecordingLine();
  system = await startTestSystem({
    ...faultSettings,
    AWS_ENDPOINT_URL_CONNECT: line.url,
    AWS_ENDPOINT_URL_CONNECTPARTICIPANT: line.url,
  });
  line.connectTo(system.simulator.url);
});

beforeEach(() => {
  // A container's budget of retries is finite; each test has a container of its own.
  system.restartFunctions();
});

afterEach(async () => {
  await system.simulator.faults([]);
});

afterAll(async () => {
  await system.close();
  await line.close();
});

interface Operation {
  readonly name: string;
  readonly path: string;
  readonly body: object;
}

const operations: readonly Operation[] = [
  {
    name: "SendMessage",
    path: "/participant/message",
    body: { ContentType: "text/plain", Content: "hello" },
  },
  { name: "DisconnectParticipant", path: "/participant/disconnect", body: {} },
];

/** The ClientTokens that went upstream while one request was served, whose first try fails in `fault`. */
async function tokensOf(fault: object, { name, path, body }: Operation, bearer?: string): Promise<unknown[]> {
  await system.simulator.faults([{ operation: name, times: 1, ...fault }]);
  const from = line.requests.length;
  const { status, text } = await send(system.url, path, { bearer, body });
  expect(status, text).toBe(200);
  return line.requests.slice(from).map(({ body: sent }) => JSON.parse(sent).ClientToken);
}

describe.each([
  { status: 500 },
  { cut: "before" },
  { cut: "after" },
])("a first try that ends in %j", (fault) => {
  it.each(operations)("of $name is followed by one with the visitor's own ClientToken", async (operation) => {
    const { connectionHandle } = await openChat(system);
    const ClientToken = "the visitor's own";
    const tokens = await tokensOf(
      fault,
      { ...operation, body: { ...operation.body, ClientToken } },
      connectionHandle,
    );

    expect(tokens).toEqual([ClientToken, ClientToken]);
  });

  it("of StartChatContact is followed by one with the same ClientToken, and starts one contact", async () => {
    const before = (await system.simulator.contacts()).length;
    const body = { ContactFlowId: "support", Username: "Jane" };
    const [first, second, ...more] = await tokensOf(fault, {
      name: "StartChatContact",
      path: "/chat",
      body,
    });

    expect(first).toEqual(expect.stringMatching(/./));
    expect(second).toBe(first);
    expect(more).toEqual([]);
    expect(await system.simulator.contacts()).toHaveLength(before + 1);
  });
});

it("leaves receipts with their constant ClientToken undisturbed: each is sent", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  const ContentType = "application/vnd.amazonaws.connect.event.message.read";
  const Content = JSON.stringify({ messageId: contactId });
  const from = line.requests.length;
  for (let times = 0; times < 2; times++) {
    const body = { ContentType, Content, ClientToken: "INCOMING_READ_RECEIPT" };
    await send(system.url, "/participant/event", { bearer: connectionHandle, body });
  }

  expect(line.requests.length - from).toBe(2);
});
