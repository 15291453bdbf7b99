import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunningClock } from "../support/running-clock.ts";
import { type BrowserSystem, startBrowserSystem } from "./browser-system.ts";
import { ChatPage } from "./chat-page.ts";
import { watchTraffic } from "./traffic.ts";
import { type Fate, startUnreliableFront, type UnreliableFront } from "./unreliable-front.ts";

/** How long chatjs is watched, in milliseconds of real time: its timers and the proxy's waits are what is measured. */
const watchedMs = 60_000;

const fates: readonly Exclude<Fate, "well">[] = ["refused", "closed at once", "silent", "never answered"];

let front: UnreliableFront;
let world: BrowserSystem;

beforeAll(async () => {
  front = await startUnreliableFront();
  world = await startBrowserSystem({ REAL_TIME: "relay", RELAY_URL: front.url }, new RunningClock());
  front.leadTo(Number(new URL(world.system.url).port));
});

afterAll(async () => {
  await world.close();
  await front.close();
});

describe.concurrent("chatjs, whose socket is", () => {
  it.each(fates)("%s, asks less than once a second, and recovers when the socket does", async (fate) => {
    const visitor = await world.newVisitor();
    const { operations } = watchTraffic(visitor, world.system.url);
    const tokens = await world.targets[1].startChat({});
    const page = await ChatPage.open(visitor, world.pageUrl);
    await page.connect(world.system.url, tokens);
    await world.agent(tokens.ContactId, "join");
    const asked = operations.length;

    front.decide(tokens.ContactId, fate);
    await world.dropSockets(tokens.ContactId);
    await pause(watchedMs);
    const requests = operations.length - asked;
    front.decide(tokens.ContactId, "well");
    await hearAgain(page, tokens.ContactId);

    process.stdout.write(`chatjs with a socket that is ${fate}: ${requests} requests in a minute\n`);
    expect(requests).toBeLessThan(watchedMs / 1_000);
    expect(await page.seen()).toMatchObject({ ended: 0, broken: 0 });
    await visitor.close();
  }, 150_000);
});

/** The agent asks until the page hears it: what is said before the socket is back is in the transcript alone. */
async function hearAgain(page: ChatPage, contactId: string): Promise<void> {
  const heard = async () => {
    await world.agent(contactId, "message", "are you there?");
    return (await page.seen()).items.filter(({ Content }) => Content === "are you there?").length;
  };
  await expect.poll(heard, { interval: 500, timeout: 60_000 }).toBeGreaterThan(0);
}
