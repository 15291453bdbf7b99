import { afterAll, beforeAll, expect, it } from "vitest";
import { type BrowserSystem, startBrowserSystem } from "./browser-system.ts";
import { liveThroughChat } from "./chatjs-life.ts";
import { describeChatjsContract } from "./describe-chatjs-contract.ts";
import { describeDatabaseCalls } from "./describe-database-calls.ts";
import { describeLostSockets } from "./describe-lost-sockets.ts";

let world: BrowserSystem;

beforeAll(async () => {
  world = await startBrowserSystem();
});

afterAll(async () => {
  await world.close();
});

it("chatjs lives through a whole chat at Amazon Connect and through the proxy, and sees the same", async () => {
  const direct = await liveThroughChat(world, world.targets[0]);
  const proxied = await liveThroughChat(world, world.targets[1]);

  expect(JSON.stringify(direct.seen)).not.toContain('"error"');
  expect(direct.seen).toMatchObject({ downloaded: "my notes", over: {} });
  expect(proxied.seen).toEqual(direct.seen);
  expect(proxied.operations).toEqual(direct.operations);
  expect(proxied.leaks).toEqual([]);
  expect(direct.leaks).not.toEqual([]);
});

describeLostSockets(() => world);
describeDatabaseCalls(() => world);
describeChatjsContract(() => world);
