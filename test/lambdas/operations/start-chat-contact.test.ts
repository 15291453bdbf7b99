import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectChat, send, startChat } from "../../support/chat.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

function start(members: object, headers: Record<string, string> = {}) {
  return send(system.url, "/chat", {
    body: { ParticipantDetails: { DisplayName: "Jane" }, ...members },
    headers,
  });
}

describe("starting a chat", () => {
  it("answers as AWS's sample does, with a participant handle in the place of Connect's token", async () => {
    const { body } = await start({
      ContactFlowId: "sales",
      SupportedMessagingContentTypes: ["text/plain", "text/markdown"],
    });

    expect(body).toEqual({
      data: {
        startChatResult: {
          ContactId: expect.any(String),
          ParticipantId: expect.any(String),
          ParticipantToken: expect.stringMatching(/^ccbff_pt_[^.]+\.[\w-]{43}$/),
        },
        featurePermissions: { MESSAGING_MARKDOWN: true, ATTACHMENTS: true },
      },
    });
  });

  it.each([
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "application/json",
  ])("reads JSON that calls itself %s", async (type) => {
    expect((await start({ ContactFlowId: "support" }, { "content-type": type })).status).toBe(200);
  });

  it("takes the display name from Username too, and asks for one where there is none", async () => {
    const named = await send(system.url, "/chat", { body: { ContactFlowId: "support", Username: "Jo" } });
    const nameless = await send(system.url, "/chat", { body: { ContactFlowId: "support" } });

    expect(named.status).toBe(200);
    expect(nameless.body["message"]).toContain("ParticipantDetails.DisplayName");
  });

  it("says which type a member should have had, and which member is missing", async () => {
    const wrong = await send(system.url, "/chat", { body: { ParticipantDetails: { DisplayName: 5 } } });
    const absent = await start({ InitialMessage: { ContentType: "text/plain" } });

    expect(wrong.body["message"]).toContain(
      "'ParticipantDetails.DisplayName' failed to satisfy constraint: Member must be a string",
    );
    expect(absent.body["message"]).toContain(
      "'InitialMessage.Content' failed to satisfy constraint: Member must not be null",
    );
  });

  it("honours attributes and the first message", async () => {
    const { contactId } = await startChat(system.url, {
      Attributes: { customerName: "Jane", topic: "billing" },
      InitialMessage: { ContentType: "text/plain", Content: "hi" },
    });
    const contact = (await system.simulator.contacts()).find(({ ContactId }) => ContactId === contactId);

    expect(contact).toMatchObject({
      Attributes: { customerName: "Jane", topic: "billing" },
      InitialMessage: { Content: "hi" },
      ChatDurationInMinutes: 1_500,
    });
  });

  it("gives two chats two sessions that know nothing of each other", async () => {
    const [one, other] = [await startChat(system.url), await startChat(system.url)];
    const crossed = one.participantHandle.replace(one.contactId, other.contactId);

    expect(await connectChat(system.url, one.participantHandle)).toContain(one.contactId);
    expect((await send(system.url, "/participant/connection", { bearer: crossed })).status).toBe(403);
  });
});
