import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ended } from "../../../lambdas/sessions/session-end.ts";
import { type RelayedChat, startRelayedChat } from "../../support/relay-chat.ts";
import { createRelayFunction, frameEvent } from "../../support/relay-function.ts";
import { openRelaySocket, type RelaySocket, subscription } from "../../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

const subscribed = '{"topic":"aws/subscribe","content":{"status":"success","topics":["aws/chat"]}}';
const pong = '{"topic":"aws/ping","statusCode":200,"statusContent":"OK"}';
const heartbeat = '{"topic":"aws/heartbeat"}';
const patience = { timeout: 10_000 };

let system: TestSystem;
let chat: RelayedChat;
let socket: RelaySocket;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
  // No item comes by, whose delivery would be counted.
  await system.simulator.switches({ streamDrop: 1 });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
  socket = await openRelaySocket(chat.socketUrl);
});

afterAll(async () => {
  await system.close();
});

/** What the database was asked for until the socket had so many frames more. */
async function callsUntilAnswered(say: () => void, frames = 1): Promise<string[]> {
  const [calls, heard] = [system.databaseCalls.length, socket.frames.length];
  say();
  await expect.poll(() => socket.frames.length, patience).toBe(heard + frames);
  return system.databaseCalls.slice(calls);
}

const subscribers = async () => (await system.readSession(chat.contactId))?.sb?.size ?? 0;

describe("a subscription", () => {
  it("costs one database call in the container that opened the socket, two in another", async () => {
    const here = await callsUntilAnswered(() => socket.send(subscription));
    system.restartFunctions();
    const elsewhere = await callsUntilAnswered(() => socket.send(subscription));

    expect(here).toEqual(["UpdateItem"]);
    expect(elsewhere).toEqual(["GetItem", "UpdateItem"]);
    expect(socket.frames).toEqual([subscribed, subscribed]);
  });

  it("with iOS' stray bracket is one", async () => {
    await callsUntilAnswered(() => socket.send(`${subscription})`));

    expect(socket.frames).toEqual([subscribed]);
    expect(await subscribers()).toBe(1);
  });

  it("that is repeated is answered again, and counts once", async () => {
    await callsUntilAnswered(() => [1, 2, 3].map(() => socket.send(subscription)), 3);

    expect(socket.frames).toEqual([subscribed, subscribed, subscribed]);
    expect(await subscribers()).toBe(1);
  });

  it("to another topic is none", async () => {
    socket.send('{"topic":"aws/subscribe","content":{"topics":["aws/task"]}}');
    await callsUntilAnswered(() => socket.send('{"topic":"aws/ping"}'));

    expect(socket.frames).toEqual([pong]);
    expect(await subscribers()).toBe(0);
  });

  it("on a socket of an ended chat closes it", async () => {
    await system.sessions.update(chat.contactId, ended(system.clock.now()));
    socket.send(subscription);
    await expect.poll(() => socket.closedWith, patience).toBe(1000);

    expect(socket.frames).toEqual([]);
  });

  it("on a socket that nobody knows touches no chat", async () => {
    const relay = createRelayFunction(system);

    expect(await relay(frameEvent("no-such-socket=", subscription))).toEqual({ statusCode: 200 });
  });
});

describe("a ping and a heartbeat", () => {
  it("are answered without a database call, before and after the subscription", async () => {
    const say = () => {
      socket.send('{"topic":"aws/ping"}');
      socket.send('{ "topic" : "aws/heartbeat" }');
    };
    const before = await callsUntilAnswered(say, 2);
    await callsUntilAnswered(() => socket.send(subscription));
    system.restartFunctions();
    const after = await callsUntilAnswered(say, 2);

    expect([...before, ...after]).toEqual([]);
    expect([...socket.frames].sort()).toEqual([heartbeat, heartbeat, pong, pong, subscribed]);
  });
});

it("closes a socket that floods, after twenty answers", async () => {
  for (let frame = 0; frame < 30; frame++) socket.send('{"topic":"aws/heartbeat"}');
  await expect.poll(() => socket.closedWith, patience).toBe(1000);

  expect(socket.frames.length).toBeLessThanOrEqual(20);
});

describe("what makes no sense", () => {
  it.each([
    ["garbage", "hello {"],
    ["an empty frame", ""],
    ["an unknown topic", '{"topic":"aws/unknown"}'],
    ["a frame of 5,000 characters", `{"topic":"aws/ping","x":"${"x".repeat(5_000)}"}`],
  ])("is ignored, without a database call: %s", async (_name, frame) => {
    const calls = await callsUntilAnswered(() => {
      socket.send(frame);
      socket.send('{"topic":"aws/heartbeat"}');
    });

    expect(calls).toEqual([]);
    expect(socket.frames).toEqual([heartbeat]);
    expect(socket.closedWith).toBeUndefined();
  });

  it("is ignored where a gateway passes binary frames on", async () => {
    const relay = createRelayFunction(system);
    const calls = [system.databaseCalls.length, system.socketCalls.length];
    const body = Buffer.from(subscription).toString("base64");
    const event = { ...frameEvent("any=", body), isBase64Encoded: true };

    expect(await relay(event)).toEqual({ statusCode: 200 });
    expect([system.databaseCalls.length, system.socketCalls.length]).toEqual(calls);
  });
});
