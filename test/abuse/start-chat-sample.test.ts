import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChat, send, startChat } from "../support/chat.ts";
import { createConnection, sendMessage } from "../support/participant-operations.ts";
import { costOf, expectRefusal, invalid } from "../support/refusals.ts";
import { pageOrigin, startTestSystem, type TestSystem } from "../support/test-system.ts";

const configured = {
  InstanceId: "0f2d7c1e-5b1a-4c59-9b57-3f7f2f0b7d11",
  ContactFlowId: "7d3f4a52-8f0e-4a4c-bb0a-0f5d1c9e2a01",
};
const foreign = "99999999-9999-4999-8999-999999999999";
let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

const sampleRequest = { ParticipantDetails: { DisplayName: "Jane" }, ContactFlowId: "support" };
const newestContact = async () => (await system.simulator.contacts()).at(-1);

/** What AWS's widely copied start-chat sample does wrong, and this API must not. */
describe("unlike AWS's start-chat sample", () => {
  it.each([
    "InstanceId",
    "ConnectInstanceId",
  ])("the browser does not choose the instance by %s", async (member) => {
    await startChat(system.url, { [member]: foreign });

    expect(await newestContact()).toMatchObject(configured);
  });

  it("the browser does not choose the flow by its id", async () => {
    const { result, upstream } = await costOf(system, () =>
      send(system.url, "/chat", { body: { ...sampleRequest, ContactFlowId: foreign } }),
    );

    expectRefusal(result, invalid("UnknownContactFlow"));
    expect(upstream).toEqual([]);
  });

  it("the browser does not choose the contact whose transcript its chat inherits", async () => {
    const victim = await startChat(system.url, {
      InitialMessage: { ContentType: "text/plain", Content: "my card number" },
    });
    for (const member of [
      { PersistentChat: { RehydrationType: "ENTIRE_PAST_SESSION", SourceContactId: victim.contactId } },
      { SourceContactId: victim.contactId },
    ]) {
      const { result, upstream } = await costOf(system, () =>
        send(system.url, "/chat", { body: { ...sampleRequest, ...member } }),
      );
      expectRefusal(result, invalid("NotSupported"));
      expect(upstream).toEqual([]);
    }
  });

  it("the participant token is neither logged nor answered, and neither is the handle's secret logged", async () => {
    const from = system.logs.length;
    const chat = await openChat(system);
    await send(system.url, sendMessage.path, { bearer: chat.connectionHandle, body: sendMessage.body });
    await send(system.url, createConnection.path, { bearer: `${chat.participantHandle}x` });
    const lines = JSON.stringify(system.logs.slice(from));

    expect(system.logs.length - from).toBe(4);
    for (const handle of [chat.participantHandle, chat.connectionHandle]) {
      expect(lines).not.toContain(handle.split(".")[1]);
    }
    expect(lines).not.toContain("SIM-CANARY");
    expect(chat.participantHandle).not.toContain("SIM-CANARY");
  });

  it("nothing that a visitor writes or is called is logged", async () => {
    const from = system.logs.length;
    await startChat(system.url, {
      ParticipantDetails: { DisplayName: "Private-Name" },
      Attributes: { customerName: "Private-Attribute" },
      InitialMessage: { ContentType: "text/plain", Content: "Private-Words" },
    });
    await send(system.url, "/chat", { body: '{"ParticipantDetails":{"DisplayName":"Private-Typo"' });
    await send(system.url, "/chat", {
      body: { ...sampleRequest, Attributes: { "Private-Key": "Private-Value" } },
    });

    expect(system.logs.length - from).toBe(3);
    expect(JSON.stringify(system.logs.slice(from))).not.toMatch(/Private-/);
  });

  it("no answer allows every origin, and none allows credentials", async () => {
    for (const origin of [pageOrigin, "https://evil.example", "null"]) {
      for (const body of [sampleRequest, "{", {}]) {
        const { headers } = await send(system.url, "/chat", { body, headers: { origin } });
        expect(headers.get("access-control-allow-origin")).toBe(origin === pageOrigin ? origin : null);
        expect(headers.has("access-control-allow-credentials")).toBe(false);
      }
    }
  });

  it("attributes and the initial message arrive", async () => {
    await startChat(system.url, {
      Attributes: { customerName: "Jane", topic: "billing" },
      InitialMessage: { ContentType: "text/plain", Content: "hi there" },
    });

    expect(await newestContact()).toMatchObject({
      Attributes: { customerName: "Jane", topic: "billing" },
      InitialMessage: { Content: "hi there" },
      Transcript: [{ Content: "hi there" }],
    });
  });

  it.each([
    ["a body that is no JSON", "{", "application/json"],
    ["a form", "ContactFlowId=support&Username=Jane", "application/x-www-form-urlencoded"],
    ["nothing", "", "text/plain"],
    ["a list", "[]", "application/json"],
    ["a missing name", '{"ContactFlowId":"support"}', "text/plain"],
  ])("the error for %s is JSON", async (_name, body, type) => {
    const answer = await send(system.url, "/chat", { body, headers: { "content-type": type } });

    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.body).toMatchObject({ __type: "ValidationException", message: expect.any(String) });
  });

  it("the error for a failure of Connect is JSON, and tells none of its ids", async () => {
    await system.simulator.faults([{ operation: "StartChatContact", status: 404 }]);
    const answer = await send(system.url, "/chat", { body: sampleRequest });
    await system.simulator.faults([]);

    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.body).toMatchObject({ __type: "InternalServerException", message: expect.any(String) });
    expect(answer.text).not.toMatch(/[0-9a-f]{8}-|arn:|Simulated/);
  });

  it("a body is read as JSON whatever type a page gives it to spare the preflight", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json; charset=utf-8",
    ]) {
      const answer = await send(system.url, "/chat", {
        body: sampleRequest,
        headers: { "content-type": type, origin: pageOrigin },
      });
      expect(answer.status).toBe(200);
    }
  });
});
