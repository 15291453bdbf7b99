import { generousLimits } from "../support/operation-members.ts";
import { openTab, startRelayedChat } from "../support/relay-chat.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem } from "../support/test-system.ts";
import { runSubject } from "./run-subject.ts";
import type { Measure } from "./section.ts";
import { median, rounded } from "./statistics.ts";
import type { GrowthRun } from "./subjects/growth-once.ts";

/** What grows: sessions stored, items of a chat, sockets of a chat, requests served. */
export const growth: Measure = async ({ runs, short }) => {
  const measured: GrowthRun[] = [];
  for (let run = 0; run < (short ? 1 : runs); run++) {
    measured.push(await runSubject<GrowthRun>("growth-once", short ? "short" : "long"));
  }
  const ratios = (figure: "bySessions" | "byItems", name: string, base: string) =>
    measured.map((run) => (run[figure][name] ?? Number.NaN) / (run[figure][base] ?? Number.NaN));
  const rows = (figure: "bySessions" | "byItems", base: string) =>
    Object.fromEntries(
      Object.keys(measured[0]?.[figure] ?? {}).map((name) => [
        Number(name).toLocaleString("en"),
        {
          "CPU, us": rounded(median(measured.map((run) => run[figure][name] ?? Number.NaN))),
          [`x ${base}`]: rounded(median(ratios(figure, name, base))),
        },
      ]),
    );
  const most = Object.keys(measured[0]?.bySessions ?? {}).at(-1) ?? "";
  const flatness = rounded(median(ratios("bySessions", most, "100")));
  const heap = rounded(median(measured.map(({ heap: [before, after] }) => after / before)));
  const sockets = short ? {} : await callsBySockets();
  return {
    title: "Growth",
    meaning:
      "Whether a busy service is a slower one. Our own code, with the database and Connect answered from memory: both find a chat by its key, whatever else is stored. " +
      "A transcript comes in pages of a hundred at most, so a chat of ten thousand items costs what one of a hundred does.",
    tables: [
      { title: "SendMessage, by sessions stored", rows: rows("bySessions", "100") },
      { title: "GetTranscript, by items of the chat", rows: rows("byItems", "10") },
      { title: "Calls for one item, by open sockets of the chat", rows: sockets },
      {
        title: "Heap in use, collected, MB",
        rows: Object.fromEntries(
          measured.map(({ heap: [before, after] }, run) => [
            `run ${run + 1}`,
            { before: rounded(before), "an hour's requests later": rounded(after) },
          ]),
        ),
      },
    ],
    bounds: [
      { claim: `CPU of SendMessage with ${most} sessions x with 100`, measured: flatness, most: 1.1 },
      { claim: "heap after an hour's requests x before", measured: heap, most: 1.1 },
    ],
    kept: {
      "heap after x before": { value: heap, margin: 1.1 },
      "CPU of SendMessage with 10,000 sessions x with 100": {
        value: rounded(median(ratios("bySessions", "10000", "100"))),
        margin: 1.4,
      },
    },
    raw: Object.fromEntries(
      Object.keys(measured[0]?.bySessions ?? {}).map((name) => [
        `CPU with ${name} sessions, us`,
        measured.map((run) => run.bySessions[name] ?? Number.NaN),
      ]),
    ),
  };
};

/** Counted in the whole system: what one message of the agent costs with one to five tabs open. */
async function callsBySockets(): Promise<Record<string, Record<string, number>>> {
  const system = await startTestSystem(
    { REAL_TIME: "relay", RATE_LIMITS: generousLimits },
    new RunningClock(),
  );
  const chat = await startRelayedChat(system);
  await system.simulator.agent(chat.contactId, "join");
  const rows: Record<string, Record<string, number>> = {};
  const tabs = [];
  for (let open = 1; open <= 5; open++) {
    tabs.push(await openTab(system, chat));
    await settled();
    const before = { database: system.databaseCalls.length, posts: system.socketCalls.length };
    await system.simulator.agent(chat.contactId, "message", "hello");
    await settled();
    rows[String(open)] = {
      database: system.databaseCalls.length - before.database,
      posts: system.socketCalls.length - before.posts,
    };
  }
  for (const tab of tabs) tab.close();
  await settled();
  await system.close();
  return rows;
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 400));
}
