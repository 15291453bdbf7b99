import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { routes } from "../lambdas/routes.ts";

const root = join(import.meta.dirname, "..");

/** What one folder may import from another: of the functions, only plain data, and their entry points for the local run. */
const plainData = [
  "lambdas/routes.ts",
  "lambdas/gateway-responses.ts",
  "lambdas/response-headers.ts",
  "lambdas/setting-names.ts",
  "lambdas/metric-names.ts",
  "lambdas/sessions/session-table.ts",
  "lambdas/relay/relay-table.ts",
  "lambdas/reaper/reaper-rights.ts",
  "lambdas/start/start-table.ts",
  "lambdas/relay/relay-rights.ts",
  "lambdas/relay/streaming-filter.ts",
  "lambdas/revocation/revocation-rights.ts",
  "lambdas/rate-limits/limits.ts",
  "lambdas/attachments/bucket-rules.ts",
  "lambdas/attachments/file-types.ts",
  "lambdas/connect/no-signature.ts",
];
const allowed: Readonly<Record<string, readonly string[]>> = {
  lambdas: ["lambdas/"],
  infra: ["infra/", ...plainData],
  "local/simulator": ["local/simulator/"],
  local: ["local/", ...plainData, "lambdas/functions/"],
  "local/demo": ["local/demo/", "local/start-server.ts"],
  "local/revoke": ["local/revoke/", "local/usage-error.ts"],
  "local/probe": [
    "local/probe/",
    "local/usage-error.ts",
    "local/simulator/switches.ts",
    "lambdas/connect/no-signature.ts",
    "lambdas/setting-names.ts",
  ],
};

function filesOf(folder: string): string[] {
  return globSync(`${folder}/**/*.ts`, { cwd: root });
}

/** Paths, from the root, that a file imports; packages left out. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), "utf8");
  return [...source.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, path = ""]) =>
    relative(root, join(root, dirname(file), path)),
  );
}

function strayImports(folder: string): string[] {
  const files = filesOf(folder).filter(
    (file) => folder === "local/simulator" || !file.startsWith("local/simulator/"),
  );
  return files.flatMap((file) =>
    importsOf(file)
      .filter((path) => !(allowed[folder] ?? []).some((prefix) => path.startsWith(prefix)))
      .map((path) => `${file} imports ${path}`),
  );
}

/**
 * What is left of a graph, as edges `from to`, when everything that leads nowhere has been taken out: its circles,
 * and the ways into them.
 */
function circlesOf(edges: ReadonlySet<string>): readonly string[] {
  const sources = new Set([...edges].map((edge) => edge.split(" ")[0] ?? ""));
  const left = [...edges].filter((edge) => sources.has(edge.split(" ")[1] ?? ""));
  return left.length === edges.size ? left : circlesOf(new Set(left));
}

describe("import directions", () => {
  it.each(Object.keys(allowed))("%s imports only what it may", (folder) => {
    expect(filesOf(folder)).not.toEqual([]);
    expect(strayImports(folder)).toEqual([]);
  });

  it("of the functions' folders, none imports one that imports it", () => {
    const folderOf = (path: string) => /^lambdas\/([^/]+)\//.exec(path)?.[1];
    const edges = filesOf("lambdas").flatMap((file) => {
      const from = folderOf(file);
      return importsOf(file).flatMap((path) => {
        const to = folderOf(path);
        return from === undefined || to === undefined || from === to ? [] : [`${from} ${to}`];
      });
    });
    const known = new Set(edges);

    expect(known).toContain("start sessions");
    expect(circlesOf(known)).toEqual([]);
  });

  it("plain data imports no code", () => {
    expect(plainData.flatMap(importsOf)).toEqual([]);
  });
});

describe("every route", () => {
  it.each(
    routes.map(({ operation }) => operation),
  )("%s has its operation, its simulator file and its test", (name) => {
    const files = new Set([...filesOf("lambdas"), ...filesOf("local"), ...filesOf("test")]);

    expect(files).toContain(`lambdas/operations/${name}.ts`);
    expect(files).toContain(`test/lambdas/operations/${name}.test.ts`);
    if (name !== "health") expect(files).toContain(`local/simulator/operations/${name}.ts`);
  });

  it("is served once", () => {
    const paths = routes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(paths).size).toBe(paths.length);
  });
});

describe("the code", () => {
  const sources = ["infra", "lambdas", "local", "test"].flatMap(filesOf);

  it("has no barrels, no utils and no default exports", () => {
    expect(sources.filter((file) => /(?:^|\/)(?:index|utils?|helpers?)\.ts$/.test(file))).toEqual([]);
    expect(sources.filter((file) => /^export default/m.test(readFileSync(join(root, file), "utf8")))).toEqual(
      [],
    );
  });

  it("keeps its comments narrow enough to be read beside the code", () => {
    const wide = sources.flatMap((file) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .filter((line) => /^\s*(?:\/\*\*|\*|\/\/) /.test(line) && !line.includes("biome-ignore"))
        .filter((line) => line.length > 125)
        .map((line) => `${file}: ${line}`),
    );
    expect(wide).toEqual([]);
  });

  it("explains every export of the functions, the stack and the local run", () => {
    const bare = ["infra", "lambdas", "local"].flatMap(filesOf).flatMap((file) => {
      const lines = readFileSync(join(root, file), "utf8").split("\n");
      return lines
        .map((line, index) => ({ line, before: lines[index - 1] ?? "" }))
        .filter(({ line }) => /^export (?!\{|type \{|\*)/.test(line))
        .filter(({ before }) => !/\*\/\s*$|biome-ignore/.test(before))
        .map(({ line }) => `${file}: ${line}`);
    });
    expect(bare).toEqual([]);
  });
});
