import { describe, expect, test } from "vitest";
import { attachmentPolicy } from "../../infra/attachment-policy.ts";
import { readConfig } from "../../infra/config.ts";
import type { GivenSettings } from "../../infra/deployment-settings.ts";
import { ConfigError } from "../../infra/setting-values.ts";
import { defaultPolicy, PolicyError, parsePolicy } from "../../lambdas/attachments/policy.ts";
import { settings } from "./synthesize.ts";

const maxFileBytes = 20 * 1_048_576;
const bytesPerChat = 35 * maxFileBytes;

const accepted: readonly unknown[] = [
  {},
  { types: ["pdf"] },
  { types: ["JPG", "docx", "doc", "mp4"], rename: true },
  { maxFileBytes: 1, filesPerChat: 1, bytesPerChat: 1, rename: false },
  { maxFileBytes, filesPerChat: 35, bytesPerChat },
  defaultPolicy,
];

const refused: readonly unknown[] = [
  { types: [] },
  { types: ["exe"] },
  { types: ["pdf", 1] },
  { types: "pdf" },
  { maxFileBytes: 0 },
  { maxFileBytes: maxFileBytes + 1 },
  { maxFileBytes: 1.5 },
  { maxFileBytes: "5000000" },
  { filesPerChat: 36 },
  { filesPerChat: -1 },
  { bytesPerChat: bytesPerChat + 1 },
  { rename: "true" },
  { rename: null },
  { sizes: 3 },
  { toString: 1 },
  ["pdf"],
  null,
  7,
  "pdf",
];

describe("a policy of attachments", () => {
  test.each(
    accepted.map((policy) => JSON.stringify(policy)),
  )("is taken as the function takes it: %s", (json) => {
    const passedOn = attachmentPolicy.parse(json);

    expect(passedOn).toBeDefined();
    expect(parsePolicy(passedOn)).toEqual(parsePolicy(json));
  });

  test.each([
    ...refused.map((policy) => JSON.stringify(policy)),
    "types=pdf",
    '{"types":["pdf"]',
  ])("is refused before it is deployed where the function would refuse it: %s", (json) => {
    expect(attachmentPolicy.parse(json)).toBeUndefined();
    expect(() => parsePolicy(json)).toThrow(PolicyError);
  });
});

describe("the setting attachments", () => {
  const given: GivenSettings = settings;

  test("may be JSON on the command line or an object in cdk.json, with and without a list in it", () => {
    for (const policy of [
      { maxFileBytes: 5_000_000, rename: true },
      { types: ["pdf"], filesPerChat: 3 },
    ]) {
      const json = JSON.stringify(policy);

      expect(readConfig({ ...given, attachments: json }).attachments).toBe(json);
      expect(readConfig({ ...given, attachments: policy }).attachments).toBe(json);
    }
    expect(readConfig({ ...given, attachments: "" }).attachments).toBeUndefined();
  });

  test("is refused in one sentence that names it and shows an example", () => {
    const read = () => readConfig({ ...given, attachments: { types: ["exe"] } });

    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/^attachments must be [^\n]+, such as \{"types":[^\n]+\.$/);
  });
});
