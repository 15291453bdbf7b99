import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/threat-model.md"), "utf8");

/** Sections whose every row has to name a test. */
const shown = page.split(/^## /m).filter((section) => section.includes("| Shown by |"));
const rows = shown.flatMap((section) =>
  section.split("\n").filter((line) => line.startsWith("| ") && !line.includes("| Shown by |")),
);
const named = [...page.matchAll(/`(test\/[^`]+)` “([^”]+)”/g)].map(([, file = "", title = ""]) => ({
  file,
  title,
}));

describe("the threat model", () => {
  it("has a test in every row of what is stopped", () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((row) => !/`test\/[^`]+` “[^”]+” ?(;|\|)/.test(row))).toEqual([]);
  });

  it.each(named)("names a test that exists: $file $title", ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    const source = readFileSync(join(root, file), "utf8");
    const titles = [...source.matchAll(/"((?:[^"\\\n]|\\.)+)"|`([^`]+)`/g)].map(
      ([, plain, template]) => plain ?? template,
    );

    expect(titles).toContain(title);
  });
});
