import { expect, it } from "vitest";
import { judge } from "./baseline.ts";

const baseline = {
  counts: { "calls of a message": { value: 2, margin: 1 } },
  cold: { init: { value: 0.5, margin: 1.5 } },
};

/** What a run measured. */
function report(calls: number, init?: number) {
  const section = (kept: Readonly<Record<string, { readonly value: number; readonly margin: number }>>) => ({
    title: "",
    meaning: "",
    tables: [],
    bounds: [],
    raw: {},
    kept,
  });
  return {
    counts: section({ "calls of a message": { value: calls, margin: 1 } }),
    cold: section(init === undefined ? {} : { init: { value: init, margin: 1.5 } }),
  };
}

it.each([
  [2, 0.5],
  [1, 0.75],
])("a run with %i calls and a ratio of %d is no regression", (calls, init) => {
  expect(judge(report(calls, init), baseline)).toEqual([]);
});

it.each([
  ["a call more", report(3, 0.5), "calls of a message is 3"],
  ["a ratio beyond its margin", report(2, 0.76), "init is 0.76"],
  ["a ratio that was not measured", report(2), "init was not measured"],
])("%s is one, and named", (_what, measured, words) => {
  expect(judge(measured, baseline)).toEqual([expect.stringContaining(words)]);
});
