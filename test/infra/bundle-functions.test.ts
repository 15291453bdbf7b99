import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bundleFunctions } from "../../infra/bundle-functions.ts";
import type { FunctionName } from "../../lambdas/routes.ts";

/** Words that stand in the code of one thing alone, and the functions that may carry it. */
const marks: readonly (readonly [what: string, word: string, functions: readonly FunctionName[]])[] = [
  ["the inspection of files", "AttachmentExpandsTooMuch", ["attachments"]],
  ["the client of Amazon Connect", "StopContact", ["start-chat", "reaper", "revoke"]],
  ["the bucket of uploads", "GetObject", ["attachments"]],
  ["the waiting of connections", "no time left to wait for a connection", ["connection"]],
  ["the sockets", "PostToConnection", ["relay", "revoke"]],
  ["credentials of containers", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", []],
  ["credentials of profiles", "sso_account_id", []],
];

function bundled(): ReadonlyMap<FunctionName, string> {
  const folder = mkdtempSync(join(tmpdir(), "bundles-"));
  try {
    return new Map(
      [...bundleFunctions()].map(([name, bundle]) => {
        bundle.write(join(folder, name));
        return [name, readFileSync(join(folder, name, "index.js"), "utf8")];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("a function's bundle", () => {
  const texts = bundled();

  it.each(marks)("holds %s only where it is needed", (_what, word, functions) => {
    expect([...texts].filter(([, text]) => text.includes(word)).map(([name]) => name)).toEqual(functions);
  });
});
