import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectChat, openChat, send, startChat } from "../../support/chat.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

const both = ["WEBSOCKET", "CONNECTION_CREDENTIALS"];

function connect(bearer: string, body: object = { Type: both }) {
  return send(system.url, "/participant/connection", { bearer, body });
}

describe("CreateParticipantConnection", () => {
  it("gives every tab of a chat the same connection handle", async () => {
    const { participantHandle } = await startChat(system.url);
    const tabs = await Promise.all(
      Array.from({ length: 5 }, () => connectChat(system.url, participantHandle)),
    );

    expect(new Set(tabs).size).toBe(1);
    expect(tabs[0]).toMatch(/^ccbff_ct_/);
  });

  it("asks Connect for no second connection token while the first has life", async () => {
    const { participantHandle } = await openChat(system);
    await system.simulator.forgetCalls();
    const credentials = await connect(participantHandle, { Type: ["CONNECTION_CREDENTIALS"] });

    expect(Object.keys(credentials.body)).toEqual(["ConnectionCredentials"]);
    expect(await system.simulator.calls()).toEqual([]);
  });

  it("advertises an expiry from five minutes to a day ahead, near the end of the chat too", async () => {
    const { participantHandle } = await openChat(system, { ChatDurationInMinutes: 60 });
    const expiry = async () => {
      const { body } = await connect(participantHandle, { Type: ["CONNECTION_CREDENTIALS"] });
      return Date.parse((body["ConnectionCredentials"] as { Expiry: string }).Expiry) - system.clock.now();
    };

    expect(await expiry()).toBe(60 * 60_000);
    await system.advance(58 * 60_000);
    expect(await expiry()).toBe(5 * 60_000);
  });

  it("answers slowly beyond its limit instead of refusing, and refuses only the third that would wait", async () => {
    const { participantHandle } = await startChat(system.url);
    const statuses = [];
    for (let count = 0; count < 13; count++) statuses.push((await connect(participantHandle)).status);

    expect(statuses).toEqual([...Array.from({ length: 12 }, () => 200), 429]);
    expect(system.clock.slept).toEqual([2_000, 4_800]);
  });

  it("absorbs a burst of throttling and failures of Connect", async () => {
    const { participantHandle } = await startChat(system.url);
    await system.simulator.faults([
      { operation: "CreateParticipantConnection", status: 429, type: "ThrottlingException", times: 2 },
      { operation: "CreateParticipantConnection", status: 500, type: "InternalServerException", times: 1 },
    ]);

    expect((await connect(participantHandle)).status).toBe(200);
  });

  it("refuses a WebRTC connection, whose credentials could not stay on the server", async () => {
    const { participantHandle } = await startChat(system.url);

    expect(await connect(participantHandle, { Type: ["WEBRTC_CONNECTION"] })).toMatchObject({
      status: 400,
      body: { __type: "ValidationException" },
    });
  });
});
