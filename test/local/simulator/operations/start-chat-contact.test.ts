import { StartChatContactCommand, type StartChatContactCommandInput } from "@aws-sdk/client-connect";
import { SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import { describe, expect, it } from "vitest";
import { connectTo } from "../connect-client.ts";
import { connectChat, errorOf, event, type Simulated, simulate, startChat } from "../simulated-chat.ts";

const input: StartChatContactCommandInput = {
  InstanceId: "instance",
  ContactFlowId: "flow",
  ParticipantDetails: { DisplayName: "Jane" },
};

function start(simulated: Simulated, changes: object) {
  return connectTo(simulated).send(new StartChatContactCommand({ ...input, ...changes }));
}

describe("StartChatContact", () => {
  it("answers ids and a participant token with the canary", async () => {
    const simulated = await simulate();
    const answer = await start(simulated, {});
    expect(answer.ContactId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.ParticipantId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.ParticipantToken).toContain("SIM-CANARY");
    expect(answer.ParticipantToken?.length).toBeLessThanOrEqual(1000);
  });

  it("records what the contact was started with", async () => {
    const simulated = await simulate();
    await start(simulated, {
      Attributes: { customerName: "Jane" },
      InitialMessage: { ContentType: "text/plain", Content: "hi" },
      ChatDurationInMinutes: 60,
      SupportedMessagingContentTypes: ["text/plain", "text/markdown"],
    });
    const [contact] = await simulated.control("GET", "contacts");
    expect(contact).toMatchObject({
      Status: "WAITING",
      DisplayName: "Jane",
      InstanceId: "instance",
      ContactFlowId: "flow",
      Attributes: { customerName: "Jane" },
      InitialMessage: { ContentType: "text/plain", Content: "hi" },
      ChatDurationInMinutes: 60,
      SupportedMessagingContentTypes: ["text/plain", "text/markdown"],
      OpenSockets: 0,
    });
    expect(contact.Transcript).toMatchObject([
      { Type: "MESSAGE", Content: "hi", ParticipantRole: "CUSTOMER" },
    ]);
  });

  it.each([
    ["no flow", { ContactFlowId: undefined }, "InvalidRequestException"],
    ["no display name", { ParticipantDetails: {} }, "InvalidRequestException"],
    ["an empty display name", { ParticipantDetails: { DisplayName: "" } }, "InvalidParameterException"],
    [
      "a long display name",
      { ParticipantDetails: { DisplayName: "x".repeat(257) } },
      "InvalidParameterException",
    ],
    ["a bad attribute name", { Attributes: { "a b": "1" } }, "InvalidParameterException"],
    ["attributes over 32,768 bytes", { Attributes: { a: "é".repeat(16_384) } }, "InvalidParameterException"],
    ["a short duration", { ChatDurationInMinutes: 59 }, "InvalidParameterException"],
    ["a long duration", { ChatDurationInMinutes: 10_081 }, "InvalidParameterException"],
    ["no text/plain", { SupportedMessagingContentTypes: ["text/markdown"] }, "InvalidParameterException"],
    [
      "an unknown content type",
      { SupportedMessagingContentTypes: ["text/plain", "a/b"] },
      "InvalidParameterException",
    ],
    [
      "an unsupported first message",
      { InitialMessage: { ContentType: "text/markdown", Content: "x" } },
      "InvalidParameterException",
    ],
    [
      "an empty first message",
      { InitialMessage: { ContentType: "text/plain", Content: "" } },
      "InvalidParameterException",
    ],
    ["a long ClientToken", { ClientToken: "x".repeat(501) }, "InvalidParameterException"],
  ])("refuses %s", async (_, changes, name) => {
    const simulated = await simulate();
    expect(await errorOf(start(simulated, changes))).toMatchObject({ name, status: 400 });
    expect(await simulated.control("GET", "contacts")).toEqual([]);
  });

  it("takes attributes of exactly 32,768 bytes", async () => {
    const simulated = await simulate();
    await start(simulated, { Attributes: { a: "x".repeat(32_767) } });
  });

  it("finds only known instances and flows, where they are known", async () => {
    const simulated = await simulate({ switches: { knownInstances: ["instance"], knownFlows: ["flow"] } });
    await start(simulated, {});
    const refusal = { name: "ResourceNotFoundException", status: 404 };
    expect(await errorOf(start(simulated, { InstanceId: "other" }))).toMatchObject(refusal);
    expect(await errorOf(start(simulated, { ContactFlowId: "other" }))).toMatchObject(refusal);
  });

  it("repeats the contact for the same ClientToken, until the window has passed", async () => {
    const simulated = await simulate();
    const first = await start(simulated, { ClientToken: "t" });
    const again = await start(simulated, { ClientToken: "t" });
    expect(again.ContactId).toBe(first.ContactId);
    expect(again.ParticipantToken).toBe(first.ParticipantToken);
    await simulated.control("PUT", "clock", { offsetSeconds: 600 });
    expect((await start(simulated, { ClientToken: "t" })).ContactId).not.toBe(first.ContactId);
  });

  it("refuses one chat more than the quota with LimitExceededException", async () => {
    const simulated = await simulate();
    await simulated.control("PUT", "quotas", { enforce: true, concurrentChats: 1 });
    await start(simulated, {});
    expect(await errorOf(start(simulated, {}))).toMatchObject({
      name: "LimitExceededException",
      status: 429,
    });
    await start(simulated, { InstanceId: "other" });
  });
});

describe("a contact", () => {
  it("ends when nobody connects within five minutes", async () => {
    const simulated = await simulate();
    const { ConnectionToken } = await startChat(simulated);
    const send = () =>
      simulated.participant.send(
        new SendMessageCommand({ ConnectionToken, ContentType: "text/plain", Content: "x" }),
      );
    await simulated.control("PUT", "clock", { offsetSeconds: 299 });
    await send();
    await simulated.control("PUT", "clock", { offsetSeconds: 301 });
    expect(await errorOf(send())).toMatchObject({ name: "AccessDeniedException", status: 403 });
    const [contact] = await simulated.control("GET", "contacts");
    expect(contact).toMatchObject({ Status: "ENDED", EndedReason: "nobody connected in time" });
  });

  it("goes on after five minutes once the customer was connected, and ends with its duration", async () => {
    const simulated = await simulate();
    const { socket } = await connectChat(simulated, { ChatDurationInMinutes: 60 });
    await simulated.control("PUT", "clock", { offsetSeconds: 3599 });
    await socket.settled();
    expect(socket.items().map(({ ContentType }) => ContentType)).toEqual([event("participant.joined")]);
    await simulated.control("PUT", "clock", { offsetSeconds: 3601 });
    const ended = await socket.item(({ ContentType }) => ContentType === event("chat.ended"));
    expect(Object.keys(ended).sort()).toEqual(
      ["AbsoluteTime", "ContactId", "ContentType", "Id", "InitialContactId", "Type"].sort(),
    );
  });

  it("follows an injected clock without being told", async () => {
    let now = Date.parse("2026-01-01T00:00:00Z");
    const simulated = await simulate({ clock: { now: () => now } });
    const { ConnectionToken } = await startChat(simulated);
    now += 301_000;
    expect((await simulated.post("transcript", ConnectionToken, {})).status).toBe(403);
  });
});
