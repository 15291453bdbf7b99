import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AttendedChat, attendChat, connectChat, send } from "../support/chat.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const hourMs = 3_600_000;
const sevenDays = { ChatDurationInMinutes: 10_080 };

let system: TestSystem;

beforeEach(async () => {
  const roomy = { intervalMs: 1, burst: 100 };
  system = await startTestSystem({ RATE_LIMITS: JSON.stringify({ message: roomy }) });
});

afterEach(async () => {
  await system.close();
});

function say(bearer: string) {
  return send(system.url, "/participant/message", {
    bearer,
    body: { ContentType: "text/plain", Content: "hi" },
  });
}

async function renewals(): Promise<number> {
  return (await system.simulator.calls("CreateParticipantConnection")).length - 1;
}

describe("a chat of seven days, on connection tokens of one day", () => {
  it("never fails a request for expiry, with one renewal a day", async () => {
    const { connectionHandle } = await attendChat(system, sevenDays);
    const statuses = new Set<number>();
    for (let hour = 1; hour < 7 * 24; hour++) {
      await system.advance(hourMs);
      statuses.add((await say(connectionHandle)).status);
    }

    expect([...statuses]).toEqual([200]);
    // Six days' ends, each renewed up to two hours early; the last token outlives the chat.
    expect(await renewals()).toBeGreaterThanOrEqual(6);
    expect(await renewals()).toBeLessThanOrEqual(7);
  });

  it("refuses a connection handle that idled out, and always gives the participant handle the next one", async () => {
    const chat = await attendChat(system, sevenDays);
    let { connectionHandle } = chat;
    for (let day = 1; day < 6; day++) {
      await system.advance(25 * hourMs);
      expect((await say(connectionHandle)).status).toBe(403);
      const next = await connectChat(system.url, chat.participantHandle);
      expect(next).not.toBe(connectionHandle);
      expect((await say(next)).status).toBe(200);
      expect((await say(connectionHandle)).status).toBe(403);
      connectionHandle = next;
    }
  });

  it("renews once when fifty requests meet the expired token together", async () => {
    const chat = await attendChat(system, sevenDays);
    await meetExpiredToken(chat);

    const answers = await Promise.all(Array.from({ length: 50 }, () => say(chat.connectionHandle)));

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(await renewals()).toBe(1);
    expect(await system.simulator.calls("SendMessage")).toHaveLength(51);
  });

  it("renews once when fifty requests meet a token that Connect withdrew early", async () => {
    const { connectionHandle } = await attendChat(system, sevenDays);
    await system.advance(hourMs);
    await system.simulator.runAhead(24 * 3_600);

    const answers = await Promise.all(Array.from({ length: 50 }, () => say(connectionHandle)));

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(await renewals()).toBe(1);
  });

  it("waits for the renewal of another container instead of renewing too", async () => {
    const chat = await attendChat(system, sevenDays);
    await meetExpiredToken(chat);
    await system.simulator.faults([{ operation: "CreateParticipantConnection", delayMs: 100, times: 1 }]);

    const first = say(chat.connectionHandle);
    system.restartFunctions();
    const second = say(chat.connectionHandle);

    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect(await renewals()).toBe(1);
  });

  it("asks once for the next token in good time, and goes on with the old one where Connect throttles that", async () => {
    const { connectionHandle } = await attendChat(system, sevenDays);
    await system.advance(22 * hourMs + 60_000);
    await system.simulator.faults([{ operation: "CreateParticipantConnection", status: 429 }]);
    system.clock.slept.length = 0;

    expect([await say(connectionHandle), await say(connectionHandle)].map(({ status }) => status)).toEqual([
      200, 200,
    ]);
    expect(await renewals()).toBe(1);
    expect(system.clock.slept).toEqual([]);
  });

  it("ends the session when Connect refuses the participant token too, and asks Connect no more", async () => {
    const chat = await attendChat(system, sevenDays);
    await system.simulator.agent(chat.contactId, "join");
    await system.simulator.agent(chat.contactId, "end");

    expect((await say(chat.connectionHandle)).status).toBe(403);
    await system.simulator.forgetCalls();
    system.databaseCalls.length = 0;
    expect((await say(chat.connectionHandle)).status).toBe(403);
    expect(await system.simulator.calls()).toEqual([]);
    expect(system.databaseCalls).toEqual(["UpdateItem"]);
  });
});

/** Uses the handle after twenty hours, so that it is alive four hours and a minute later, when Connect's token is not. */
async function meetExpiredToken({ connectionHandle }: AttendedChat) {
  await system.advance(20 * hourMs);
  await say(connectionHandle);
  await system.advance(4 * hourMs + 60_000);
}
