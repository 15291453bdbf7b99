import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startChat } from "../support/chat.ts";
import { openSocket } from "../support/customer-socket.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { askConnection } from "../support/relay-chat.ts";
import { handshakeStatus } from "../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
});

beforeEach(() => {
  system.clock.slept.length = 0;
});

afterAll(async () => {
  await system.close();
});

/** What befalls the socket of each of `count` connections that a page asks for without a pause. */
async function hurry(bearer: string, count: number): Promise<{ statuses: number[]; urls: string[] }> {
  const statuses: number[] = [];
  const urls: string[] = [];
  for (let load = 0; load < count; load++) {
    const { status, body } = await askConnection(system, bearer);
    statuses.push(status);
    if (status === 200) urls.push((body["Websocket"] as { Url: string }).Url);
  }
  return { statuses, urls };
}

describe("a page that asks for connections in a loop", () => {
  it("is answered two seconds late and more, in turn, and refused only where five wait already", async () => {
    const { participantHandle } = await startChat(system.url);
    const { statuses } = await hurry(participantHandle, 16);

    expect(statuses).toEqual([...Array.from({ length: 15 }, () => 200), 429]);
    expect(system.clock.slept).toEqual([2_000, 2_000, 3_000, 4_500, 6_000]);
  });

  it("is given tickets that open sockets, those that waited included", async () => {
    const { participantHandle } = await startChat(system.url);
    const { urls } = await hurry(participantHandle, 12);

    expect(await handshakeStatus(urls.at(-1) ?? "")).toBe(101);
    expect(await handshakeStatus(urls[0] ?? "")).toBe(101);
  });

  it("costs Connect one call, whatever it asks", async () => {
    const { participantHandle } = await startChat(system.url);
    await system.simulator.forgetCalls();
    await hurry(participantHandle, 15);

    expect(await system.simulator.calls()).toHaveLength(1);
  });

  it("makes no item that grows while Connect fails: tickets are dropped all the same", async () => {
    const { participantHandle, contactId } = await startChat(system.url);
    const sizes: number[] = [];
    await system.simulator.faults([{ operation: "CreateParticipantConnection", status: 400 }]);
    for (let load = 0; load < 40; load++) {
      await askConnection(system, participantHandle);
      await system.advance(30_000);
      sizes.push((await system.readSession(contactId))?.tk?.size ?? 0);
    }
    await system.simulator.faults([]);

    expect(sizes.at(3)).toBe(4);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(13);
  });
});

describe("a chat that was started while the deployment was in the mode direct", () => {
  async function startDirect() {
    const direct = createDirectFunctions(system, { REAL_TIME: "direct" });
    const { body } = await direct({
      resource: "/chat",
      body: '{"ContactFlowId":"support","Username":"Jane"}',
    });
    const { ContactId, ParticipantToken } = (
      body as { data: { startChatResult: { ContactId: string; ParticipantToken: string } } }
    ).data.startChatResult;
    const relayed = createDirectFunctions(system);
    const connect = () =>
      relayed({
        resource: "/participant/connection",
        headers: { "x-amz-bearer": ParticipantToken },
        body: '{"Type":["WEBSOCKET","CONNECTION_CREDENTIALS"]}',
      });
    return { contactId: ContactId, connect };
  }

  it("still gets Connect's own socket: Connect streams it to nobody, so ours would stay silent", async () => {
    const { contactId, connect } = await startDirect();
    await system.simulator.forgetCalls();
    const { status, body } = await connect();
    const { Url } = body["Websocket"] as { Url: string };
    const socket = await openSocket(Url);
    await system.simulator.agent(contactId, "join");
    await expect.poll(() => socket.items.length, { timeout: 10_000 }).toBeGreaterThan(0);
    socket.close();

    expect(status).toBe(200);
    expect(new URL(Url).host).toBe(new URL(system.simulator.url).host);
    expect((await system.simulator.calls()).map(({ operation }) => operation)).toEqual([
      "CreateParticipantConnection",
    ]);
  });

  it("keeps no tickets either, which nothing of it could use", async () => {
    const { contactId, connect } = await startDirect();
    const { Url } = (await connect()).body["Websocket"] as { Url: string };
    const socket = await openSocket(Url);
    for (let load = 0; load < 40; load++) {
      expect((await connect()).status).toBe(200);
      await system.advance(30_000);
    }
    socket.close();

    expect((await system.readSession(contactId))?.tk?.size ?? 0).toBeLessThanOrEqual(13);
  });
});
