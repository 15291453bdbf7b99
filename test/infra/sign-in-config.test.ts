import { App, Stack } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../infra/config.ts";
import { ConnectChatBff } from "../../infra/connect-chat-bff.ts";
import { ConfigError } from "../../infra/setting-values.ts";
import { loadSignInSettings } from "../../lambdas/start/sign-in-settings.ts";
import { deployedStack, propertiesOf, settings } from "./synthesize.ts";

const jwt = {
  startAuth: "jwt",
  jwtIssuer: "https://login.example.com/tenant",
  jwtAudience: ["chat-page", "chat-app"],
  claimAttributes: { email: "customerEmail", sub: "customerId" },
} as const;

function startVariables(more: Parameters<typeof deployedStack>[0]): Record<string, string> {
  const [variables = {}, ...others] = propertiesOf(deployedStack(more), "AWS::Lambda::Function")
    .map(({ Environment }) => (Environment?.Variables ?? {}) as Record<string, string>)
    .filter((each) => "CONTACT_FLOWS" in each);
  expect(others).toEqual([]);
  return variables;
}

describe("who may start a chat", () => {
  test("reaches the one function that starts chats, in a form it reads", () => {
    const variables = startVariables(jwt);

    expect(loadSignInSettings(variables, new Set())).toEqual({
      issuer: "https://login.example.com/tenant",
      audience: ["chat-page", "chat-app"],
      jwksUri: new URL("https://login.example.com/tenant/.well-known/jwks.json"),
      claimAttributes: new Map([
        ["email", "customerEmail"],
        ["sub", "customerId"],
      ]),
    });
    expect(loadSignInSettings(startVariables({}), new Set())).toBeUndefined();
  });

  test("is read from text as well", () => {
    const text = {
      ...jwt,
      jwtAudience: "chat-page,chat-app",
      claimAttributes: "email=customerEmail,sub=customerId",
    };

    expect(readConfig({ ...settings, ...text }).signIn).toEqual(readConfig({ ...settings, ...jwt }).signIn);
  });

  test.each([
    ["startAuth", { ...jwt, startAuth: "cookie" }],
    ["startAuth", { jwtIssuer: "https://login.example.com" }],
    ["startAuth", { startAuth: "open", claimAttributes: "email=customerEmail" }],
    ["jwtIssuer", { ...jwt, jwtIssuer: "http://login.example.com" }],
    ["jwtIssuer", { ...jwt, jwtIssuer: "login.example.com" }],
    ["jwtIssuer", { ...jwt, jwtIssuer: "https://me@login.example.com" }],
    ["jwtIssuer", { ...jwt, jwtIssuer: "https://login.example.com/?tenant=1" }],
    ["jwtIssuer", { ...jwt, jwtIssuer: "https://login.example.com/#" }],
    ["jwtJwksUri", { ...jwt, jwtJwksUri: "file:///keys.json" }],
    ["claimAttributes", { ...jwt, claimAttributes: "email" }],
    ["claimAttributes", { ...jwt, claimAttributes: "email=customer email" }],
    ["claimAttributes", { ...jwt, claimAttributes: "email=a,sub=a" }],
    ["claimAttributes", { ...jwt, claimAttributes: { email: "a", sub: "a" } }],
    ["claimAttributes", { ...jwt, claimAttributes: "email=a,email=b" }],
    ["claimAttributes", { ...jwt, allowedAttributes: "topic,customerEmail" }],
  ])("stops the synthesis where %s is wrong (%j)", (name, more) => {
    expect(() => readConfig({ ...settings, ...more })).toThrow(ConfigError);
    expect(() => readConfig({ ...settings, ...more })).toThrow(new RegExp(`^${name} must be .*such as`));
  });

  test.each(["jwtIssuer", "jwtAudience"] as const)("needs %s", (name) => {
    expect(() => readConfig({ ...settings, ...jwt, [name]: "" })).toThrow(new RegExp(`^${name} is missing`));
  });

  test.each([
    ["open", {}, 1],
    ["jwt", jwt, 0],
  ] as const)("is warned of where it is everybody (%s)", (_mode, more, warnings) => {
    const stack = new Stack(new App({ context: { "aws:cdk:bundling-stacks": [] } }), "Company");
    new ConnectChatBff(stack, "Chat", { ...settings, ...more });
    const found = Annotations.fromStack(stack).findWarning(
      "*",
      Match.stringLikeRegexp("Anybody can start chats"),
    );

    expect(found).toHaveLength(warnings);
  });
});
