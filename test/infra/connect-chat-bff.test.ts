import { App, Stack } from "aws-cdk-lib";
import { expect, test } from "vitest";
import { ConnectChatBff } from "../../infra/connect-chat-bff.ts";
import { settings } from "./synthesize.ts";

test.each([
  ["region", { account: "111122223333", region: "us-east-1" }],
  ["account", { account: "444455556666", region: "eu-west-2" }],
])("the construct refuses a stack in another %s than the instance", (_, env) => {
  const stack = new Stack(new App(), "Company", { env });

  expect(() => new ConnectChatBff(stack, "Support", settings)).toThrow(
    /^instanceArn must be in the account and Region of the stack, such as .*\.$/,
  );
});

test("the construct refuses a malformed setting as the app does", () => {
  const stack = new Stack(new App(), "Company");

  expect(
    () => new ConnectChatBff(stack, "Support", { ...settings, allowedOrigins: ["http://www.example.com"] }),
  ).toThrow(/^allowedOrigins must be /);
});
