import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/operations.md"), "utf8");
const sources = globSync("lambdas/**/*.ts", { cwd: root }).map((file) =>
  readFileSync(join(root, file), "utf8"),
);

it("says of every reason that an answer can have what it means", () => {
  const thrown = /(?:ChatError\(\s*"\w+",|invalid\(|invalidMember\(|refusal\(|reason:)\s*"(\w+)"/g;
  const byType = /Exception: "([A-Z]\w+)",|\?\? "(RefusedByConnect)"/g;
  const reasons = sources.flatMap((source) =>
    [...source.matchAll(thrown), ...source.matchAll(byType)].map(([, one, other]) => one ?? other ?? ""),
  );

  expect(new Set(reasons).size).toBeGreaterThan(14);
  expect([...new Set(reasons)].filter((reason) => !page.includes(`\`${reason}\``))).toEqual([]);
});

it("says of every setting what it does", () => {
  const config = readFileSync(join(root, "infra/deployment-settings.ts"), "utf8");
  const members = /export interface DeploymentSettings \{([\s\S]*?)\n\}/.exec(config)?.[1] ?? "";
  const settings = [...members.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name ?? "");

  expect(settings.length).toBeGreaterThan(15);
  expect(settings.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

it("names only files that exist", () => {
  for (const document of ["README.md", "docs/operations.md", "docs/architecture.md"]) {
    const text = readFileSync(join(root, document), "utf8");
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) =>
      join(root, document, "..", link ?? ""),
    );
    expect(links.filter((link) => globSync(link).length === 0)).toEqual([]);
  }
});
