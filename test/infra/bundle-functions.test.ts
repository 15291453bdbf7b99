import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleFunctions } from "../../infra/bundle-functions.ts";
import type { FunctionName } from "../../lambdas/routes.ts";

/** Words that stand in the code of one thing alone, and the functions that may carry it. */
const marks: readonly (readonly [what: string, word: string, functions: readonly FunctionName[]])[] = [
  ["the inspection of files", "AttachmentExpandsTooMuch", ["attachments"]],
  ["the client of Amazon Connect", "StopContact", ["start-chat", "reaper", "revoke"]],
  ["the bucket of uploads", "GetObject", ["attachments"]],
  ["the waiting of connections", "no time left to wait for a connection", ["connection"]],
  ["the sockets", "PostToConnection", ["relay", "revoke"]],
  ["operations of Amazon Connect that nobody calls", "CreateAgentStatus", []],
  ["operations of S3 that nobody calls", "PutBucketPolicy", []],
  ["credentials of containers", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", []],
  ["credentials of profiles", "sso_account_id", []],
];

/** Runs in a process of its own: a request whose body is no text, which API Gateway never sends. */
const unexpected = `
  const event = { httpMethod: "POST", resource: "/participant/message", body: 5, requestContext: {},
    headers: { "x-amz-bearer": "ccbff_ct_c." + "A".repeat(43) } };
  require(process.argv[1]).handler(event, { awsRequestId: "r", getRemainingTimeInMillis: () => 10000 });
`;

describe("a function's bundle", () => {
  const folder = mkdtempSync(join(tmpdir(), "bundles-"));
  const texts = new Map<FunctionName, string>();
  const path = (name: FunctionName, file = "index.js") => join(folder, name, file);

  beforeAll(() => {
    for (const [name, bundle] of bundleFunctions()) {
      bundle.write(join(folder, name));
      texts.set(name, readFileSync(path(name), "utf8"));
    }
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(marks)("holds %s only where it is needed", (_what, word, functions) => {
    expect([...texts].filter(([, text]) => text.includes(word)).map(([name]) => name)).toEqual(functions);
  });

  it.each([
    ["attachments", "file-type", "fileTypeFromBuffer"],
    ["attachments", "yauzl", "fromBufferPromise"],
    ["attachments", "saxes", "SaxesParser"],
    ["chat", "@smithy/core/event-streams", "EventStreamSerde"],
  ] as const)("of %s has %s beside it, which loads when it is needed", (name, library, member) => {
    expect(texts.get(name)).toContain(`require("./${library}.js")`);
    const program = `console.log(typeof require(process.argv[1]).${member})`;
    expect(
      execFileSync(process.execPath, ["-e", program, path(name, `${library}.js`)], { encoding: "utf8" }),
    ).toBe("function\n");
  });

  it("has a source map of our own code alone, with names that are the same on any machine", () => {
    for (const name of texts.keys()) {
      const { sources } = JSON.parse(readFileSync(path(name, "index.js.map"), "utf8"));
      expect(sources).toContain(`lambdas/functions/${name}.ts`);
      expect(sources.filter((source: string) => !/^(?:lambdas|infra)\/[\w/-]+\.ts$/.test(source))).toEqual(
        [],
      );
    }
  });

  /** What the log names as the cause of an unexpected error, in a process of its own. */
  function loggedCause(bundle: string): string {
    const env = {
      ALLOWED_ORIGINS: "https://www.example.com",
      REAL_TIME: "direct",
      SESSIONS_TABLE: "s",
      AWS_REGION: "eu-central-1",
    };
    const output = execFileSync(process.execPath, ["-e", unexpected, bundle], { env, encoding: "utf8" });
    return JSON.parse(output.split("\n")[0] ?? "").cause;
  }

  it("says in its log where in the source an unexpected error came from, and nothing of what was sent", () => {
    const [, file = "", line] = /^TypeError at (.+):(\d+)$/.exec(loggedCause(path("chat"))) ?? [];
    expect(file).toBe("lambdas/input/parse-body.ts");
    expect(readFileSync(file, "utf8").split("\n")[Number(line) - 1]).toContain("Buffer.byteLength(body)");
  });

  it.each([
    ["no source map", undefined],
    ["a source map that is cut off", '{"version":3,"sour'],
  ])("answers and logs an unexpected error all the same with %s", (_what, map) => {
    const copy = join(folder, "copy.js");
    copyFileSync(path("chat"), copy);
    if (map !== undefined) writeFileSync(`${copy}.map`, map);
    expect(loggedCause(copy)).toBe("TypeError");
  });
});
