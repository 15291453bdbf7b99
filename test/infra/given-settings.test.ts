import { expect, test } from "vitest";
import { collectSettings } from "../../infra/given-settings.ts";

const from = (context: Record<string, unknown>, environment: Record<string, string> = {}) =>
  collectSettings((name) => context[name], environment);

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
