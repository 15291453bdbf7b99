import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Section } from "./section.ts";
import { documentOf } from "./write-docs.ts";

const earlier = readFileSync(new URL("../../docs/performance.md", import.meta.url), "utf8");

/** Without the line that says when and where. */
const figuresOf = (document: string) => document.replace(/^Written by .*$/m, "");

const money: Section = {
  title: "Money",
  meaning: "What it costs.",
  tables: [{ title: "A month", rows: { relay: { USD: 1 } } }],
  bounds: [{ claim: "a claim of its own", measured: 2, most: 1 }],
  kept: {},
  raw: {},
};

describe("a run of some sections", () => {
  it("leaves the others and what they must hold as they were", () => {
    expect(figuresOf(documentOf({}, earlier))).toBe(figuresOf(earlier));
  });

  it("replaces what it measured, in its place", () => {
    const document = documentOf({ money }, earlier);
    const headings = (text: string) => text.match(/^## .*$/gm);

    expect(headings(document)).toEqual(headings(earlier));
    expect(document).toContain("## Money\n\nWhat it costs.\n\n**A month**\n\n|  | USD |\n");
    expect(document).toContain("| a claim of its own | 2 | 1 | does not hold |");
    expect(document).toContain("| database calls of SendMessage | 1 | 1 | holds |");
  });
});
