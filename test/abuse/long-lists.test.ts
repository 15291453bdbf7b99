import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const handle = `ccbff_pt_${crypto.randomUUID()}.${Buffer.alloc(32).toString("base64url")}`;
const wrong = Array.from({ length: 126_000 }, () => 1);
const display = { ParticipantDetails: { DisplayName: "Jane" } };

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ MESSAGE_MAX_LENGTH: "100" });
});

afterAll(async () => {
  await system.close();
});

describe("as many wrong members as a body holds", () => {
  it.each([
    ["/chat", { ...display, SupportedMessagingContentTypes: wrong }],
    ["/participant/connection", { Type: wrong }],
    [
      "/chat",
      {
        ...display,
        Attributes: Object.fromEntries(wrong.slice(0, 25_000).map((one, index) => [index, one])),
      },
    ],
  ])("at %s are refused as one, without a failure of ours", async (resource, body) => {
    const invoke = createDirectFunctions(system);
    const answer = await invoke({
      resource,
      headers: { "x-amz-bearer": handle },
      body: JSON.stringify(body),
    });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ __type: "ValidationException", reason: "InvalidInput" });
    expect(answer.text.length).toBeLessThan(1_500);
  });
});

it("holds the first message to the limit that the owner set for messages", async () => {
  const invoke = createDirectFunctions(system);
  const InitialMessage = { ContentType: "text/plain", Content: "a".repeat(101) };
  const answer = await invoke({
    resource: "/chat",
    body: JSON.stringify({ ...display, ContactFlowId: "support", InitialMessage }),
  });

  expect(answer.status).toBe(400);
  expect(answer.body["message"]).toContain("InitialMessage.Content");
});
