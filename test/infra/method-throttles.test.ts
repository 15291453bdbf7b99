import { expect, test } from "vitest";
import { methodThrottles, operationThrottles } from "../../infra/method-throttles.ts";
import { deployedStack, propertiesOf } from "./synthesize.ts";

test("starts are throttled as operations with a handle are, once visitors sign in", () => {
  const stack = deployedStack({
    startAuth: "jwt",
    jwtIssuer: "https://login.example.com",
    jwtAudience: "chat-page",
  });
  const settings = propertiesOf(stack, "AWS::ApiGateway::Stage").flatMap(
    ({ MethodSettings }) => MethodSettings,
  );

  expect(settings).toContainEqual(
    expect.objectContaining({
      ResourcePath: "/~1chat",
      HttpMethod: "POST",
      ThrottlingRateLimit: operationThrottles["send-message"].rate,
    }),
  );
});

test("the factor multiplies what operations may take, and leaves preflights at least what they have", () => {
  expect(methodThrottles(2, false)["/chat/POST"]).toEqual({
    throttlingRateLimit: 20,
    throttlingBurstLimit: 32,
  });
  expect(methodThrottles(0.5, false)["/chat/OPTIONS"]).toEqual({
    throttlingRateLimit: 500,
    throttlingBurstLimit: 1_000,
  });
});
