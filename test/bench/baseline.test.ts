import { expect, it } from "vitest";
import { baselineOf, judge, type Report } from "./baseline.ts";

const sections = ["counts", "cold"];

/** What a run measured: a count and, where there is one, a ratio. */
function report(calls: number, init?: number): Report {
  const others = { title: "", meaning: "", tables: [], bounds: [], raw: {} };
  return {
    counts: { ...others, kept: { "calls of a message": { value: calls, margin: 1 } } },
    cold: { ...others, kept: init === undefined ? {} : { init: { value: init, margin: 1.5 } } },
  };
}

const baseline = baselineOf([report(2, 0.4), report(2, 0.5), report(2, 0.6)]);

it("a baseline is the medians of its runs, with what each of them measured", () => {
  expect(baseline).toEqual({
    counts: { "calls of a message": { value: 2, margin: 1, runs: [2, 2, 2] } },
    cold: { init: { value: 0.5, margin: 1.5, runs: [0.4, 0.5, 0.6] } },
  });
});

it.each([
  [2, 0.5],
  [1, 0.75],
])("a run with %i calls and a ratio of %d is no regression", (calls, init) => {
  expect(judge(report(calls, init), sections, baseline)).toEqual([]);
});

it.each([
  ["a call more", report(3, 0.5), "counts", "calls of a message is 3"],
  ["a ratio beyond its margin", report(2, 0.76), "cold", "init is 0.76"],
  ["a ratio that was not measured", report(2), "cold", "init was not measured"],
  ["a ratio that is no number", report(2, Number.NaN), "cold", "init was not measured"],
])("%s is one, and named", (_what, measured, section, words) => {
  expect(judge(measured, sections, baseline)).toEqual([
    { section, sentence: expect.stringContaining(words) },
  ]);
});

it("what the baseline does not know is named too, so that nothing is kept in vain", () => {
  const { counts } = baseline;
  expect(judge(report(2, 0.5), sections, { ...(counts && { counts }) })).toEqual([
    { section: "cold", sentence: "cold: init is not in the baseline" },
  ]);
});

it("sections that did not run are not judged", () => {
  expect(judge({}, [], baseline)).toEqual([]);
});
