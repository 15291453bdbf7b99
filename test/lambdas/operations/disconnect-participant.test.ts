import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attendChat, openChat, send } from "../../support/chat.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

function leave(bearer: string, body: object = {}) {
  return send(system.url, "/participant/disconnect", { bearer, body });
}

describe("DisconnectParticipant", () => {
  it("ends the session and removes everything sealed", async () => {
    const { connectionHandle, contactId } = await openChat(system);
    expect((await leave(connectionHandle)).status).toBe(200);

    const item = await system.readSession(contactId);
    expect(item?.st).toBe("e");
    for (const sealed of ["pt", "ct", "wc"]) expect(item).not.toHaveProperty(sealed);
  });

  it("asks Connect once, however many tabs leave together", async () => {
    const { connectionHandle } = await openChat(system);
    await system.simulator.forgetCalls();
    const answers = await Promise.all(Array.from({ length: 10 }, () => leave(connectionHandle)));

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await system.simulator.calls("DisconnectParticipant")).toHaveLength(1);
  });

  it("can be tried again after Connect failed", async () => {
    const { connectionHandle } = await openChat(system);
    await system.simulator.faults([{ operation: "DisconnectParticipant", status: 500, times: 2 }]);

    expect((await leave(connectionHandle)).status).toBe(500);
    expect((await leave(connectionHandle)).status).toBe(200);
  });

  it("is not answered to a handle that is wrong, even when the chat has ended", async () => {
    const { connectionHandle } = await openChat(system);
    await leave(connectionHandle);
    const wrong = `${connectionHandle.slice(0, -4)}AAAA`;

    expect((await leave(wrong)).status).toBe(403);
  });

  it("tells the sockets that the chat has ended", async () => {
    const { connectionHandle, socket } = await attendChat(system);
    await leave(connectionHandle);

    await expect
      .poll(() => socket.items.map(({ ContentType }) => ContentType))
      .toContain("application/vnd.amazonaws.connect.event.chat.ended");
    socket.close();
  });
});
