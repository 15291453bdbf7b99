import { startDynamoDb } from "../../local/dynamodb.ts";
import { costCells, costOf, counted, rawCosts } from "./costs.ts";
import type { MeasureGrowth } from "./growth-part.ts";
import { runSubject } from "./run-subject.ts";
import { rounded } from "./statistics.ts";
import type { Turns } from "./subjects/measure-in-turn.ts";
import type { TableRun } from "./subjects/table-once.ts";

/** Sessions stored; everything is compared with the first. */
const base = "100";
const shortSizes = [base, "10000"];
const longSizes = [base, "1000", "10000", "100000"];

/**
 * SendMessage by sessions stored, each number in a table of its own. The databases are in this process, the function
 * in another.
 */
export const growthOfSessions: MeasureGrowth = async ({ runs, short }) => {
  const turns: Turns = short
    ? { base, runs: 3, blocks: 15, operations: 15, warmUp: 24 }
    : { base, runs, blocks: 51, operations: 15, warmUp: 60 };
  const tables = await Promise.all((short ? shortSizes : longSizes).map(startTable));
  const { costs, operations } = await runSubject<TableRun>(
    "table-once",
    JSON.stringify(turns),
    ...tables.map(({ sessions, url }) => `${sessions}=${url}`),
  );
  for (const table of tables) await table.close();
  const calls = new Map(
    tables.map(({ sessions, asked }) => [sessions, asked() / (operations[sessions] ?? Number.NaN)]),
  );
  const most = tables.at(-1)?.sessions ?? base;
  const rows = tables.map(({ sessions }) => [
    counted(sessions),
    { "database calls": rounded(calls.get(sessions) ?? Number.NaN), ...costCells(costs, sessions, base) },
  ]);
  return {
    meaning:
      `A message costs with ${counted(most)} chats in the table what it costs with ${base}: one call, which finds the chat by its key. ` +
      "The CPU is that of the function's whole process, the SDK included. The time is mostly the embedded database's, whose tree gets deeper with its table: " +
      "so calls and CPU are bound, and the time is not.",
    tables: [{ title: "SendMessage, by sessions in the table", rows: Object.fromEntries(rows) }],
    bounds: [
      { claim: "database calls per SendMessage at any size", measured: Math.max(...calls.values()), most: 1 },
      {
        claim: `CPU of SendMessage with ${counted(most)} sessions x with ${base}`,
        measured: costOf(costs, most, "cpuRatio"),
        most: 1.1,
      },
    ],
    kept: {
      "CPU of SendMessage with 10,000 sessions x with 100": {
        value: costOf(costs, "10000", "cpuRatio"),
        margin: 1.4,
      },
    },
    raw: rawCosts(costs, "sessions"),
  };
};

/** A database with an empty table, and how often it was asked for anything but to be filled. */
async function startTable(sessions: string) {
  let calls = 0;
  const database = await startDynamoDb({
    tableNames: ["sessions"],
    onCall: (operation) => {
      if (operation !== "BatchWriteItem") calls++;
    },
  });
  return { ...database, sessions, asked: () => calls };
}
