import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { routes } from "../../../lambdas/routes.ts";

/** A lambdas/ folder of a test's own, whose one behaviour stands in `behaviour.ts`. */
export interface LambdasFolder {
  readonly path: string;
  /** Replaces the body of `async function handler(event, context)`; `top` is run as the functions load. */
  write(body: string, top?: string): Promise<void>;
}

/**
 * Makes such a folder, with an entry point for every function of the route table, and for the reaper. Removed at the
 * end of the test.
 */
export async function makeLambdasFolder(body: string, top = ""): Promise<LambdasFolder> {
  const path = await mkdtemp(join(tmpdir(), "lambdas-"));
  onTestFinished(() => rm(path, { recursive: true }));
  const write = (code: string, before = "") =>
    writeFile(
      join(path, "behaviour.ts"),
      `${before}\nexport async function handler(event: any, context: any): Promise<unknown> {\n${code}\n}\n`,
    );
  await writeFile(join(path, "package.json"), '{"type":"module"}');
  await writeFile(join(path, "routes.ts"), `export const routes = ${JSON.stringify(routes)} as const;`);
  await mkdir(join(path, "functions"));
  await write(body, top);
  for (const name of new Set([...routes.map((route) => route.function), "reaper"])) {
    await writeFile(join(path, "functions", `${name}.ts`), 'export { handler } from "../behaviour.ts";');
  }
  return { path, write };
}
