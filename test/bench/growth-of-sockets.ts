import { generousLimits } from "../support/operation-members.ts";
import { openTab, startRelayedChat } from "../support/relay-chat.ts";
import { chatItem, createRelayFunction, itemEvent } from "../support/relay-function.ts";
import type { RelaySocket } from "../support/relay-socket.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { costCells, rawCosts } from "./costs.ts";
import type { MeasureGrowth } from "./growth-part.ts";
import { runSubject } from "./run-subject.ts";
import type { Costs } from "./subjects/measure-in-turn.ts";

/** Tabs that a chat has open. */
const sockets = [1, 2, 3, 4, 5];

/** How many everything is compared with. */
const base = "1";

/**
 * The delivery of one item by open sockets of the chat. Database, gateway and tabs are in this process, the function
 * in another.
 */
export const growthOfSockets: MeasureGrowth = async ({ runs }) => {
  const system = await startTestSystem(
    { REAL_TIME: "relay", RATE_LIMITS: generousLimits },
    new RunningClock(),
  );
  const tabs: RelaySocket[] = [];
  const chats = new Map<string, string>();
  for (const open of sockets) {
    const chat = await startRelayedChat(system);
    for (let tab = 0; tab < open; tab++) tabs.push(await openTab(system, chat));
    chats.set(String(open), chat.contactId);
  }
  await settled();
  const rows: Record<string, Record<string, number>> = {};
  for (const [open, contactId] of chats) rows[open] = await countDelivery(system, contactId);
  const pairs = [...chats].map(([open, contactId]) => `${open}=${contactId}`);
  const costs = await runSubject<Costs>("sockets-once", String(runs), base, ...pairs);
  for (const tab of tabs) tab.close();
  await settled();
  await system.close();
  return {
    meaning:
      "An item of a chat is claimed, the chat's sockets are read, and the item is marked as done, however many tabs are open; each tab is one post more, " +
      "all at the same time. The time includes this machine's database and gateway.",
    tables: [
      {
        title: "Relay function, by open sockets of the chat, per item",
        rows: Object.fromEntries(
          [...chats.keys()].map((open) => [open, { ...rows[open], ...costCells(costs, open, base) }]),
        ),
      },
    ],
    bounds: [],
    kept: {},
    raw: rawCosts(costs, "sockets"),
  };
};

/** How often the function asks others for the sake of one item. */
async function countDelivery(system: TestSystem, contactId: string) {
  const before = { database: system.databaseCalls.length, posts: system.socketCalls.length };
  await createRelayFunction(system)(itemEvent(chatItem(contactId)));
  return {
    "database calls": system.databaseCalls.length - before.database,
    posts: system.socketCalls.length - before.posts,
  };
}

/** Lets the relay finish what it was told of the tabs. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 400));
}
