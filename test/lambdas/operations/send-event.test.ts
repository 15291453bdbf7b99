import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChat, send } from "../../support/chat.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

const prefix = "application/vnd.amazonaws.connect.event.";

function sendEvent(bearer: string, type: string, members: object = {}) {
  return send(system.url, "/participant/event", { bearer, body: { ContentType: prefix + type, ...members } });
}

describe("SendEvent", () => {
  it("never de-duplicates: chat clients send every receipt with the same ClientToken", async () => {
    const { connectionHandle } = await openChat(system);
    const receipt = { Content: JSON.stringify({ messageId: "m" }), ClientToken: "INCOMING_READ_RECEIPT" };
    await system.simulator.forgetCalls();
    await sendEvent(connectionHandle, "message.read", receipt);
    await sendEvent(connectionHandle, "message.read", receipt);

    expect(await system.simulator.calls("SendEvent")).toHaveLength(2);
  });

  it("absorbs typing beyond its limit: an answer as ever, and nothing upstream", async () => {
    const { connectionHandle } = await openChat(system);
    await sendEvent(connectionHandle, "typing");
    await sendEvent(connectionHandle, "typing");
    await system.simulator.forgetCalls();
    const absorbed = await sendEvent(connectionHandle, "typing");

    expect(absorbed.status).toBe(200);
    expect(absorbed.body).toEqual({ Id: expect.any(String), AbsoluteTime: "2026-01-05T09:00:00.000Z" });
    expect(await system.simulator.calls()).toEqual([]);
  });

  it("gives typing, delivered and read receipts and acknowledgements a limit each", async () => {
    const { connectionHandle } = await openChat(system);
    await system.simulator.forgetCalls();
    const content = { Content: JSON.stringify({ messageId: "m" }) };
    for (let count = 0; count < 5; count++) {
      await sendEvent(connectionHandle, "typing");
      await sendEvent(connectionHandle, "message.delivered", content);
      await sendEvent(connectionHandle, "message.read", content);
      await sendEvent(connectionHandle, "connection.acknowledged");
    }

    expect(await system.simulator.calls("SendEvent")).toHaveLength(2 + 3 + 3 + 3);
  });

  it("does not absorb an event of a chat that has ended", async () => {
    const { connectionHandle } = await openChat(system);
    for (let count = 0; count < 3; count++) await sendEvent(connectionHandle, "typing");
    await send(system.url, "/participant/disconnect", { bearer: connectionHandle });

    expect((await sendEvent(connectionHandle, "typing")).status).toBe(403);
  });
});
