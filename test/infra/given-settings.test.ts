import { expect, test } from "vitest";
import { collectSettings } from "../../infra/given-settings.ts";

const from = (context: Record<string, unknown>, environment: Record<string, string> = {}) =>
  collectSettings(context, environment);

const example = {
  instanceArn: "example instance",
  contactFlows: "example flows",
  allowedOrigins: "example origin",
};

test("a setting comes from the context before it comes from the environment", () => {
  const { settings } = from(
    { instanceArn: "context" },
    { CHAT_BFF_INSTANCE_ARN: "environment", CHAT_BFF_WAF: "false" },
  );

  expect(settings).toMatchObject({ instanceArn: "context", waf: "false" });
});

test("an unprefixed variable of the environment is no setting", () => {
  expect(from({ instanceArn: "context" }, { MEMORY: "lots" }).settings.memory).toBeUndefined();
});

test("the example stands in where none of the settings without a default is set", () => {
  expect(from({ example, waf: "false" })).toEqual({
    settings: expect.objectContaining({ ...example, waf: "false" }),
    isExample: true,
  });
});

test("the example stands in for no single setting, so that no company deploys half of it", () => {
  expect(from({ example, instanceArn: "own" })).toMatchObject({
    settings: { instanceArn: "own", contactFlows: undefined, allowedOrigins: undefined },
    isExample: false,
  });
});

test.each([
  [
    "in the context",
    { instanceArn: "own", sessionValidFrom: "2026-01-31T12:00:00Z" },
    {},
    "sessionValidFrom",
  ],
  ["in the environment", {}, { CHAT_BFF_MEMORI: "1024" }, "CHAT_BFF_MEMORI"],
])("a misspelled setting %s stops the synthesis, because it would have no effect", (_where, context, environment, name) => {
  expect(() => from(context, environment as Record<string, string>)).toThrow(`${name} is no setting`);
});

test("what belongs to the CDK itself is left alone", () => {
  const context = { "@aws-cdk/core:flag": true, "aws:cdk:toolkit": "x", "cli-telemetry": false, example };
  expect(from(context).isExample).toBe(true);
});
