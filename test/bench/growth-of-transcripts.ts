import { costCells, costOf, counted, rawCosts } from "./costs.ts";
import type { MeasureGrowth } from "./growth-part.ts";
import { runSubject } from "./run-subject.ts";
import type { Costs } from "./subjects/measure-in-turn.ts";

/** Items that a page has at most, and what everything is compared with. */
const pageItems = 100;

/** GetTranscript by items of the chat, with the database and Connect answered from memory. */
export const growthOfTranscripts: MeasureGrowth = async ({ runs }) => {
  const base = String(pageItems);
  const costs = await runSubject<Costs>("transcript-once", String(runs), base, "10", base, "1000", "10000");
  const rows = Object.keys(costs).map((items) => [
    counted(items),
    { "items of a page": Math.min(Number(items), pageItems), ...costCells(costs, items, base) },
  ]);
  return {
    meaning:
      "A transcript comes in pages of a hundred items at most: a page costs what its items do, and no more in a chat of ten thousand than in one of a hundred. " +
      "Database and Connect answer from memory here.",
    tables: [
      {
        title: "GetTranscript of one page, our code alone, by items of the chat",
        rows: Object.fromEntries(rows),
      },
    ],
    bounds: [
      {
        claim: "CPU of GetTranscript with 10,000 items x with 100",
        measured: costOf(costs, "10000", "cpuRatio"),
        most: 1.1,
      },
    ],
    kept: {},
    raw: rawCosts(costs, "items"),
  };
};
