import { assumed } from "./assumptions.ts";
import { costOfChats } from "./cost-model.ts";
import { bindsAt, quotasOf } from "./quotas.ts";
import type { Table } from "./section.ts";
import { rounded } from "./statistics.ts";
import { coldStartsOf, monthOf, type Way, type Ways } from "./ways.ts";

/** Chats a month that the tables show. */
const volumes = [1_000, 10_000, 1_000_000, 100_000_000];

/** USD of a month, by way and volume. */
export function monthTable({ relay, divided, direct, withKms }: Ways): Table {
  const row = (way: Way) => byVolume((chats) => rounded(monthOf(way, chats)));
  return {
    title: "A month, USD",
    rows: {
      "relay (as deployed)": row(relay),
      "one Lambda for each operation": row(divided),
      direct: row(direct),
      "a KMS call per request": row(withKms),
    },
  };
}

/** Cold starts of a chat, by way and volume. A text chat's functions are told from those of files, which few chats meet. */
export function coldStartTable({ relay, divided, direct }: Omit<Ways, "withKms">): Table {
  const row = (way: Way) => ({
    "functions of a text chat": way.functions.filter(({ share }) => share === 1).length,
    ...byVolume((chats) => Number(coldStartsOf(way, chats).toFixed(2))),
  });
  return {
    title: "Cold starts that a chat meets, on average",
    rows: {
      "relay (as deployed)": row(relay),
      "one Lambda for each operation": row(divided),
      direct: row(direct),
    },
  };
}

/** What the money goes to. */
export function partsTable({ relay, direct }: Pick<Ways, "relay" | "direct">): Table {
  const row = ({ demand, terms }: Way) =>
    Object.fromEntries(
      Object.entries(costOfChats(1e6, demand, terms)).map(([part, usd]) => [part, rounded(usd)]),
    );
  return {
    title: "A million chats, USD by what is paid for",
    rows: { relay: row(relay), direct: row(direct) },
  };
}

/** What the model is fed with. */
export function demandTable({ relay, direct }: Pick<Ways, "relay" | "direct">): Table {
  const row = ({ demand, terms: { itemBytes } }: Way) => ({
    operations: rounded(demand.operations),
    preflights: rounded(demand.preflights),
    "database reads": rounded(demand.databaseReads),
    "database writes": rounded(demand.databaseWrites),
    "Connect calls": rounded(Object.values(demand.connect).reduce((sum, calls) => sum + calls, 0)),
    items: rounded(demand.items),
    "posts to sockets": rounded(demand.posts),
    "KB of our log lines": rounded(demand.logBytes / 1_000),
    "bytes of its session's item": itemBytes,
  });
  return { title: "What one chat asks for, counted", rows: { relay: row(relay), direct: row(direct) } };
}

/** Where the deployed way meets quotas, the first one first. */
export function quotaTable({ demand, terms: { itemBytes } }: Way): Table {
  const quotas = quotasOf(demand, itemBytes, assumed.chatMinutes.value * 60)
    .map((quota) => ({ ...quota, at: bindsAt(quota) }))
    .sort((a, b) => a.at - b.at);
  return {
    title: `Quotas in relay, with ${assumed.peakFactor.value} times the average in the busiest second: which binds first`,
    rows: Object.fromEntries(
      quotas.map(({ name, most, unit, perChat, at, raise }) => [
        name,
        {
          default: `${most.toLocaleString("en")} ${unit}`,
          "a chat takes": `${rounded(perChat)}${unit === "at a time" ? " s" : ""}`,
          "binds at chats a month": rounded(at),
          raise,
        },
      ]),
    ),
  };
}

function byVolume(figure: (chats: number) => number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    volumes.map((chats) => [`${chats.toLocaleString("en")} chats a month`, figure(chats)]),
  );
}
