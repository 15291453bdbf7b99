import { assumed, assumptionRows } from "./assumptions.ts";
import { countCalls } from "./count-calls.ts";
import { coldStartTable, demandTable, monthTable, partsTable, quotaTable } from "./money-tables.ts";
import { prices } from "./prices.ts";
import type { Measure } from "./section.ts";
import { rounded } from "./statistics.ts";
import { coldStartsOf, type Ways, waysOf } from "./ways.ts";

/** Chats a month of a service that is little used, where a cold start is what a chat often meets. */
const few = 1_000;

/**
 * What the service costs, and where it meets a quota first: a model, fed with the calls that a chat was counted to
 * make.
 */
export const money: Measure = async () => {
  const counted = { relay: await countCalls("relay"), direct: await countCalls("direct") };
  const ways = waysOf(counted);
  const { relay, divided } = ways;
  return {
    title: "Money",
    meaning: meaningOf(ways),
    tables: [
      monthTable(ways),
      coldStartTable(ways),
      partsTable(ways),
      demandTable(ways),
      { title: "Assumed", rows: assumptionRows() },
      quotaTable(relay),
    ],
    bounds: [
      {
        claim: `cold starts of a chat, ${few.toLocaleString("en")} a month, x with one Lambda for each operation`,
        measured: rounded(coldStartsOf(relay, few) / coldStartsOf(divided, few)),
        most: 0.6,
      },
    ],
    kept: {},
    raw: {},
  };
};

function meaningOf({ relay, divided }: Ways): string {
  const { operations, items } = relay.demand;
  const more = coldStartsOf(divided, few) / coldStartsOf(relay, few);
  return (
    `A chat of ${assumed.chatMinutes.value} minutes, ${Math.round(operations)} operations and ${Math.round(items)} items: what chatjs did in a real browser, and a start and now and then a file ` +
    "(test/bench/reckoned-chat.ts), each operation with the calls that it was counted to make. Prices are those of us-east-1 in " +
    `${prices.date} (test/bench/prices.ts, where each is from): check yours. What could not be counted is under Assumed: change it in test/bench/assumptions.ts. ` +
    "Amazon Connect's own price per message comes on top and is far higher. One Lambda for each operation serves the same requests in the same time, so it costs " +
    `the same; but where chats are few, one meets ${more.toFixed(1)} times the cold starts, each of which a visitor waits for: it meets more functions, and each is idle for longer. ` +
    "Where chats are many some container is always warm, and it makes no difference. Left out, and worse with more functions: quiet nights, and the containers that a rush adds. Left out, too: what leaves AWS for the internet (0.09 USD a GB after the first hundred), and what SNS may take for invoking a function."
  );
}
