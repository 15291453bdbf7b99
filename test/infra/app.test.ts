import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { settings } from "./synthesize.ts";

const flows = "support=22222222-2222-4222-8222-222222222222";

/** Runs the CDK CLI as a user does, without network, credentials or settings of this machine. */
function cdkSynth(...options: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "cdk-synth-"));
  const { status, stdout, stderr } = spawnSync(
    "node_modules/.bin/cdk",
    ["synth", "--quiet", "--output", folder, ...options],
    {
      encoding: "utf8",
      env: {
        PATH: `${process.cwd()}/node_modules/.bin:/usr/bin:/bin`,
        HOME: folder,
        AWS_EC2_METADATA_DISABLED: "true",
      },
    },
  );
  return {
    status,
    stdout,
    stderr,
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

describe("cdk synth in a fresh clone", () => {
  let run: ReturnType<typeof cdkSynth>;
  beforeAll(() => {
    run = cdkSynth();
    return run.remove;
  });

  test("succeeds with the example settings, and says that they are an example", () => {
    expect(run.stderr).toMatch(
      /example settings of cdk\.json: set instanceArn, contactFlows and allowedOrigins/,
    );
    expect(run.status).toBe(0);
    expect(statSync(join(run.folder, "ConnectChatBff.template.json")).size).toBeGreaterThan(10_000);
  });

  test("says how large each function's bundle is", () => {
    const sizes = [...run.stderr.matchAll(/^(\S+): (\d+) KiB bundled$/gm)].map(([, name, size]) => [
      name,
      Number(size),
    ]);

    expect(sizes.map(([name]) => name).sort()).toEqual([
      "attachments",
      "chat",
      "connection",
      "reaper",
      "relay",
      "revoke",
      "start-chat",
    ]);
    for (const [, size] of sizes) expect(size).toBeLessThan(1_024);
  });
});

test("cdk synth takes the three settings from the command line", () => {
  const run = cdkSynth(
    ...["-c", `instanceArn=${settings.instanceArn}`, "-c", `contactFlows=${flows}`],
    ...["-c", "allowedOrigins=https://www.example.com", "-c", "stackName=Own"],
  );
  onTestFinished(run.remove);

  expect(run.status).toBe(0);
  expect(run.stderr).not.toMatch(/example settings/);
  expect(statSync(join(run.folder, "Own.template.json")).isFile()).toBe(true);
});

test("cdk synth takes the mode from the command line, and leaves the relay out in the mode direct", () => {
  const run = cdkSynth("-c", "realTime=direct");
  onTestFinished(run.remove);

  expect(run.status).toBe(0);
  expect(run.stderr).not.toMatch(/^relay: /m);
});

test.each([
  [
    ["-c", `instanceArn=${settings.instanceArn}`],
    "contactFlows is missing: set it, for example -c contactFlows=support=<flow id>,sales=<flow id>.",
  ],
  [
    [
      "-c",
      `instanceArn=${settings.instanceArn}`,
      "-c",
      `contactFlows=${flows}`,
      "-c",
      "allowedOrigins=http://www.example.com",
    ],
    "allowedOrigins must be a comma-separated list of exact https origins without path or wildcard, such as https://www.example.com.",
  ],
])("cdk synth %j stops with one sentence and no stack trace", (options, sentence) => {
  const run = cdkSynth(...options);
  onTestFinished(run.remove);

  expect(run.status).toBe(1);
  expect(run.stderr.split("\n")).toContain(sentence);
  expect(run.stderr).not.toMatch(/^\s+at /m);
});
