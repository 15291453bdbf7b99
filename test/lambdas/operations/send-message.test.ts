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

const message = { ContentType: "text/plain", Content: "hello", ClientToken: "one" };

function say(bearer: string, body: object = message) {
  return send(system.url, "/participant/message", { bearer, body });
}

describe("SendMessage", () => {
  it("takes one database call and one call upstream, with the client's own ClientToken", async () => {
    const { connectionHandle } = await openChat(system);
    await system.simulator.forgetCalls();
    system.databaseCalls.length = 0;

    const answer = await say(connectionHandle);

    expect(Object.keys(answer.body).sort()).toEqual(["AbsoluteTime", "Id"]);
    expect(system.databaseCalls).toEqual(["UpdateItem"]);
    expect(await system.simulator.calls()).toMatchObject([
      { operation: "SendMessage", tokenKind: "connection", ClientToken: "one" },
    ]);
  });

  it("repeats the first answer to a repeated ClientToken", async () => {
    const { connectionHandle } = await openChat(system);
    const first = await say(connectionHandle);
    const second = await say(connectionHandle);

    expect(second.body).toEqual(first.body);
  });

  it("lets five messages through at once, says when the next may come, and keeps to it", async () => {
    const { connectionHandle } = await openChat(system);
    const statuses = [];
    for (let count = 0; count < 5; count++) statuses.push((await say(connectionHandle)).status);
    await system.simulator.forgetCalls();
    const refused = await say(connectionHandle);

    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ __type: "ThrottlingException", reason: "RateLimited" });
    expect(refused.headers.get("retry-after")).toBe("2");
    expect(refused.headers.get("x-amz-retry-after")).toBe("1200");
    expect(await system.simulator.calls()).toEqual([]);

    await system.advance(1_199);
    expect((await say(connectionHandle)).status).toBe(429);
    await system.advance(1);
    expect((await say(connectionHandle)).status).toBe(200);
  });

  it("denies what its container knows to be exhausted without a database call", async () => {
    const { connectionHandle } = await openChat(system);
    for (let count = 0; count < 6; count++) await say(connectionHandle);
    system.databaseCalls.length = 0;
    expect((await say(connectionHandle)).status).toBe(429);
    expect(system.databaseCalls).toEqual([]);

    system.restartFunctions();
    expect((await say(connectionHandle)).status).toBe(429);
    expect(system.databaseCalls).toEqual(["UpdateItem"]);
  });

  it("lets exactly five of fifty through that come at the same time", async () => {
    const { connectionHandle } = await openChat(system);
    const answers = await Promise.all(Array.from({ length: 50 }, () => say(connectionHandle)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(45);
  });

  it("counts characters as the service model does: an emoji is one", async () => {
    const { connectionHandle } = await openChat(system);
    const longest = await say(connectionHandle, {
      ...message,
      Content: "\u{1F600}".repeat(16_384),
      ClientToken: "two",
    });
    const longer = await say(connectionHandle, { ...message, Content: "\u{1F600}".repeat(16_385) });

    expect(longer.status).toBe(400);
    expect(longer.body["message"]).toContain("'Content'");
    expect(longest.status).toBe(200);
  });
});
