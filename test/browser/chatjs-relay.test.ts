import { afterAll, beforeAll, expect, it } from "vitest";
import { type BrowserSystem, startBrowserSystem } from "./browser-system.ts";
import { liveThroughChat } from "./chatjs-life.ts";
import { describeChatjsContract } from "./describe-chatjs-contract.ts";
import { describeLostSockets } from "./describe-lost-sockets.ts";
import { describeReceived } from "./describe-received.ts";

let world: BrowserSystem;

beforeAll(async () => {
  world = await startBrowserSystem({ REAL_TIME: "relay" });
});

afterAll(async () => {
  await world.close();
});

it("chatjs lives through a whole chat at Amazon Connect and over the relay, and sees the same", async () => {
  const direct = await liveThroughChat(world, world.targets[0]);
  const proxied = await liveThroughChat(world, world.targets[1]);

  expect(direct.seen).toMatchObject({ downloaded: "my notes", over: {} });
  expect(proxied.seen).toEqual(direct.seen);
  expect(proxied.operations).toEqual(direct.operations);
  expect(proxied.leaks).toEqual([]);
});

describeReceived(() => world);
describeLostSockets(() => world);
describeChatjsContract(() => world);
