import { beforeAll, describe, expect, test } from "vitest";
import { gatewayResponses } from "../../lambdas/gateway-responses.ts";
import { deployments, propertiesOf, type Synthesized } from "./synthesize.ts";

describe.each(deployments)("the errors that the gateway of %s makes itself", (_, deploy) => {
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = deploy();
  });

  test.each(Object.entries(gatewayResponses))("%s has Connect's shape, for any origin", (name, response) => {
    const { status, type, message, reason } = response;

    const found = propertiesOf(synthesized, "AWS::ApiGateway::GatewayResponse").find(
      ({ ResponseType }) => ResponseType === name,
    );

    expect(found.StatusCode).toBe(String(status));
    expect(Object.keys(found.ResponseTemplates)).toEqual(["application/json"]);
    expect(JSON.parse(found.ResponseTemplates["application/json"])).toEqual({
      __type: type,
      message,
      reason,
    });
    expect(headers(found.ResponseParameters)).toEqual({
      "x-amzn-errortype": type,
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "x-amzn-RequestId,x-amzn-ErrorType,Retry-After,x-amz-retry-after",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "strict-transport-security": "max-age=63072000; includeSubDomains",
      vary: "Origin",
      "x-content-type-options": "nosniff",
      ...([429, 503].includes(status) && { "retry-after": "1" }),
    });
  });

  test("are all of them in the table, and none is a 403, which clients read as the end of the chat", () => {
    const made = propertiesOf(synthesized, "AWS::ApiGateway::GatewayResponse");

    expect(made.map(({ ResponseType }) => ResponseType).sort()).toEqual(Object.keys(gatewayResponses).sort());
    expect(made.map(({ StatusCode }) => StatusCode)).not.toContain("403");
  });
});

/** Headers of a gateway response by lower-case name; each value is a quoted constant that holds no further quote. */
function headers(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      expect(value).toMatch(/^'[^']*'$/);
      return [name.replace("gatewayresponse.header.", "").toLowerCase(), value.slice(1, -1)];
    }),
  );
}
