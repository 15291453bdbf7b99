import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { send } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { costOf, expectRefusal, invalid } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const support = "7d3f4a52-8f0e-4a4c-bb0a-0f5d1c9e2a01";
const instance = "0f2d7c1e-5b1a-4c59-9b57-3f7f2f0b7d11";
let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({
    ALLOWED_ATTRIBUTES: "customerName,topic,a",
    CHAT_DURATION_MAX_MINUTES: "1440",
  });
});

afterAll(async () => {
  await system.close();
});

const valid = { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" } };
const start = (members: object) =>
  costOf(system, () => send(system.url, "/chat", { body: { ...valid, ...members } }));

describe("a page that would reach past its own chat", () => {
  const id = "0d1e2f3a-0000-4000-8000-000000000000";
  it.each([
    ["PersistentChat", { RehydrationType: "ENTIRE_PAST_SESSION", SourceContactId: id }],
    ["PersistentChat", {}],
    ["PersistentChat", false],
    ["RelatedContactId", id],
    ["SourceContactId", id],
    ["SourceContactId", ""],
    ["SegmentAttributes", { "connect:Subtype": { ValueString: "connect:Guide" } }],
    ["CustomerId", "somebody-else"],
    ["CustomerId", 0],
  ])("is refused %s = %j, by name and without a call", async (name, value) => {
    const { result, ...cost } = await start({ [name]: value });

    expectRefusal(result, invalid("NotSupported"));
    expect(result.body["message"]).toContain(name);
    expect(cost).toEqual({ upstream: [], database: [] });
  });

  it("has no say by members that the API does not know", async () => {
    const { result } = await start({
      ClientToken: "the-pages-own",
      ParticipantConfiguration: { ResponseMode: "COMPLETE" },
      DisconnectOnCustomerExit: ["AGENT"],
      InstanceId: "another-instance",
      StreamingConfiguration: { TopicArn: "arn:aws:sns:eu-central-1:666:topic" },
    });
    const [contact] = (await system.simulator.contacts()).slice(-1);
    const [call] = await system.simulator.calls("StartChatContact");

    expect(result.status).toBe(200);
    expect(contact).toMatchObject({ InstanceId: instance, ContactFlowId: support });
    expect(call?.ClientToken).not.toBe("the-pages-own");
  });
});

describe("a flow", () => {
  it.each([
    ["the id of a listed flow", support],
    ["an ARN", `arn:aws:connect:eu-central-1:123456789012:instance/${instance}/contact-flow/${support}`],
    ["another id", "00000000-0000-4000-8000-000000000000"],
    ["an alias in capitals", "Support"],
    ["an alias with a blank", " support"],
    ["two aliases", "support,sales"],
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
  ])("named by %s is refused, and nothing started", async (_name, ContactFlowId) => {
    const { result, ...cost } = await start({ ContactFlowId });

    expectRefusal(result, invalid("UnknownContactFlow"));
    expect(result.text).not.toContain(ContactFlowId);
    expect(cost).toEqual({ upstream: [], database: [] });
  });

  it("not named, or unknown, is the default one where there is one", async () => {
    const invoke = createDirectFunctions(system, { DEFAULT_CONTACT_FLOW: "sales" });
    for (const ContactFlowId of [undefined, "unknown", support]) {
      const body = JSON.stringify({ ...valid, ContactFlowId });
      expect((await invoke({ resource: "/chat", body })).status).toBe(200);
      expect((await system.simulator.contacts()).at(-1)?.ContactFlowId).toMatch(/02$/);
    }
  });
});

describe("attributes", () => {
  const sized = (bytes: number) => ({ topic: "x".repeat(bytes - "topic".length) });
  it.each([
    ["32,769 bytes", "InvalidInput", sized(32_769)],
    ["32,769 bytes in several", "InvalidInput", { a: "x".repeat(16_383), topic: "y".repeat(16_380) }],
    ["fewer characters but more bytes", "InvalidInput", { topic: "\u20ac".repeat(10_922) }],
    ["a key with a blank", "InvalidInput", { "customer name": "Jane" }],
    ["a key with a colon", "InvalidInput", { "connect:Subtype": "connect:Guide" }],
    ["a key with a dot", "InvalidInput", { "$.Attributes": "x" }],
    ["a key in another script", "InvalidInput", { "customerNam\u0435": "x" }],
    ["an empty key", "InvalidInput", { "": "x" }],
    ["a number", "InvalidInput", { topic: 7 }],
    ["a structure", "InvalidInput", { topic: { a: "b" } }],
    ["a key that is not allowed", "AttributeNotAllowed", { isVip: "true" }],
    ["an allowed key in capitals", "AttributeNotAllowed", { CUSTOMERNAME: "x" }],
    ["a key of every object", "AttributeNotAllowed", { constructor: "x", toString: "y" }],
  ])("with %s are refused, and nothing started", async (_name, reason, Attributes) => {
    const { result, ...cost } = await start({ Attributes });

    expectRefusal(result, invalid(reason));
    expect(result.body["message"]).toContain("'Attributes'");
    expect(result.body["message"]).not.toMatch(/isVip|CUSTOMERNAME|customer name|Subtype/);
    expect(cost).toEqual({ upstream: [], database: [] });
  });

  it("of exactly 32,768 bytes are passed on", async () => {
    const Attributes = sized(32_768);
    expect((await start({ Attributes })).result.status).toBe(200);
    expect((await system.simulator.contacts()).at(-1)?.Attributes).toEqual(Attributes);
  });

  it("near their limit are passed on, though they came twice as long in escapes", async () => {
    const escaped = `"${"\\u20ac".repeat(10_920)}"`;
    const body = JSON.stringify({ ...valid, Attributes: { topic: "MARK" } }).replace('"MARK"', escaped);
    expect((await send(system.url, "/chat", { body })).status).toBe(200);
    expect((await system.simulator.contacts()).at(-1)?.Attributes).toEqual({
      topic: "\u20ac".repeat(10_920),
    });
  });
});

it.each([
  ["InitialMessage.ContentType", { InitialMessage: { ContentType: "text/html", Content: "<b>" } }],
  ["SupportedMessagingContentTypes", { SupportedMessagingContentTypes: ["text/markdown"] }],
  ["SupportedMessagingContentTypes", { SupportedMessagingContentTypes: [] }],
  ["SupportedMessagingContentTypes.1", { SupportedMessagingContentTypes: ["text/plain", "text/html"] }],
  ["ChatDurationInMinutes", { ChatDurationInMinutes: 59 }],
  ["ChatDurationInMinutes", { ChatDurationInMinutes: 1_441 }],
  ["ChatDurationInMinutes", { ChatDurationInMinutes: 10_081 }],
  ["ChatDurationInMinutes", { ChatDurationInMinutes: 60.5 }],
  ["ParticipantDetails.DisplayName", { ParticipantDetails: {} }],
  ["ParticipantDetails.DisplayName", { ParticipantDetails: { DisplayName: "x".repeat(257) } }],
  [
    "InitialMessage.ContentType",
    { InitialMessage: { ContentType: "text/markdown", Content: "not among the chat's types" } },
  ],
])("a start is refused by the name of %s for %j, and nothing started", async (name, members) => {
  const { result, ...cost } = await start(members);

  expectRefusal(result, invalid("InvalidInput"));
  expect(result.body["message"]).toContain(`'${name}'`);
  expect(cost).toEqual({ upstream: [], database: [] });
});

it("answers a start with the two ids, the handle and the page's permissions, and nothing else", async () => {
  const { result } = await start({});

  expect(result.body).toEqual({
    data: {
      startChatResult: {
        ContactId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ParticipantId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ParticipantToken: expect.stringMatching(/^ccbff_pt_[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/),
      },
      featurePermissions: { MESSAGING_MARKDOWN: false, ATTACHMENTS: true },
    },
  });
});
