import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startInput } from "../../lambdas/start/start-request.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/start-chat.md"), "utf8");
const operations = readFileSync(join(import.meta.dirname, "../../docs/operations.md"), "utf8");

/** Members that the table's first column names, without what is inside them. */
function documented(): readonly string[] {
  const cells = [...page.matchAll(/^\| (`.+?) \|/gm)].map(([, cell = ""]) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)/g)].map(([, name = ""]) => name));
}

describe("docs/start-chat.md", () => {
  it("has every member that a start may send, and no other", () => {
    expect([...documented()].sort()).toEqual(Object.keys(startInput.shape).sort());
  });

  it("names reasons that the table of errors explains", () => {
    const reasons = page.slice(page.indexOf("have the shape and the reasons of all others"));
    const named = [...reasons.matchAll(/`(\w+)`/g)].map(([, reason = ""]) => reason);

    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((reason) => !operations.includes(`\`${reason}\``))).toEqual([]);
  });
});
