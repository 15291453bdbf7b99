import { beforeAll, describe, expect, test } from "vitest";
import { streamingFilter } from "../../lambdas/relay/streaming-filter.ts";
import { functionTimeouts } from "../../lambdas/routes.ts";
import { deployedStack, deployments, propertiesOf, resources, type Synthesized } from "./synthesize.ts";

const instance = "connect:eu-west-2:111122223333:instance/11111111-1111-4111-8111-111111111111";

describe.each(deployments)("the sockets of %s", (_, deploy) => {
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = deploy();
  });

  test("are opened, heard and closed by the relay, each by a route that answers nothing itself", () => {
    const routes = propertiesOf(synthesized, "AWS::ApiGatewayV2::Route");
    const [integrationId, ...others] = Object.keys(resources(synthesized, "AWS::ApiGatewayV2::Integration"));

    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(["$connect", "$default", "$disconnect"]);
    expect(others).toEqual([]);
    for (const route of routes) {
      expect(JSON.stringify(route.Target)).toContain(`"${integrationId}"`);
      expect(route).not.toHaveProperty("RouteResponseSelectionExpression");
    }
    expect(propertiesOf(synthesized, "AWS::ApiGatewayV2::Integration")).toEqual([
      expect.objectContaining({
        IntegrationType: "AWS_PROXY",
        TimeoutInMillis: functionTimeouts.relay.gateway * 1_000,
      }),
    ]);
    expect(JSON.stringify(propertiesOf(synthesized, "AWS::ApiGatewayV2::Integration"))).toContain(relayId());
    expect(synthesized.text).not.toMatch(/AWS::ApiGatewayV2::(RouteResponse|DomainName|ApiMapping)/);
  });

  test("have a stage of the REST API's name, which is made when its routes are there", () => {
    const [stage] = Object.values(resources(synthesized, "AWS::ApiGatewayV2::Stage"));

    expect(stage?.Properties).toMatchObject({ StageName: "prod", AutoDeploy: true });
    expect(stage).toMatchObject({
      DependsOn: expect.arrayContaining([
        ...Object.keys(resources(synthesized, "AWS::ApiGatewayV2::Route")),
        ...Object.keys(resources(synthesized, "AWS::ApiGateway::Account")),
      ]),
    });
  });

  test("are throttled: strangers at the door, and above all what a full instance's clients send", () => {
    const [stage] = propertiesOf(synthesized, "AWS::ApiGatewayV2::Stage");
    const off = { DataTraceEnabled: false, LoggingLevel: "OFF" };

    expect(stage.DefaultRouteSettings).toEqual({
      ...off,
      ThrottlingRateLimit: 2_000,
      ThrottlingBurstLimit: 4_000,
    });
    expect(stage.RouteSettings).toEqual({
      $connect: { ...off, ThrottlingRateLimit: 300, ThrottlingBurstLimit: 600 },
    });
    const framesPerSecond = 2 / 10;
    const chats = 500;
    expect(stage.DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(10 * chats * framesPerSecond);
    const framesAtOpening = 3;
    expect(stage.DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(
      2 * framesAtOpening * stage.RouteSettings.$connect.ThrottlingRateLimit,
    );
  });

  test("are logged in fixed fields: no ticket, which is in the query string, and nothing that was said", () => {
    const [stage] = propertiesOf(synthesized, "AWS::ApiGatewayV2::Stage");

    expect(JSON.parse(stage.AccessLogSettings.Format)).toEqual({
      requestId: "$context.requestId",
      extendedRequestId: "$context.extendedRequestId",
      time: "$context.requestTime",
      ip: "$context.identity.sourceIp",
      event: "$context.eventType",
      route: "$context.routeKey",
      connection: "$context.connectionId",
      connectedAt: "$context.connectedAt",
      status: "$context.status",
      functionMilliseconds: "$context.integrationLatency",
      functionStatus: "$context.integrationStatus",
    });
    expect(JSON.stringify(stage.AccessLogSettings.DestinationArn)).not.toContain(":*");
  });

  function relayId(): string {
    const functions = Object.entries(resources(synthesized, "AWS::Lambda::Function"));
    const found = functions.find(([, { Properties }]) => Properties.Description === "Connect chat: relay");
    return `"${found?.[0]}"`;
  }
});

describe.each(deployments)("the streaming topic of %s", (_, deploy) => {
  let synthesized: Synthesized;
  let topicId: string;
  let keyId: string;
  const relayKey = () => resources(synthesized, "AWS::KMS::Key")[keyId];
  const instanceArn = () => ({ "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, `:${instance}`]] });
  beforeAll(() => {
    synthesized = deploy();
    topicId = Object.keys(resources(synthesized, "AWS::SNS::Topic"))[0] ?? "";
    keyId = Object.keys(resources(synthesized, "AWS::KMS::Key")).find((id) => /Relay/.test(id)) ?? "";
  });

  test("is published to by the one instance of Amazon Connect, over TLS, and by nobody else", () => {
    const policies = propertiesOf(synthesized, "AWS::SNS::TopicPolicy");

    expect(policies).toEqual([
      {
        Topics: [{ Ref: topicId }],
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: expect.any(String),
              Effect: "Deny",
              Principal: "*",
              Action: "sns:Publish",
              Resource: { Ref: topicId },
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
            {
              Sid: expect.any(String),
              Effect: "Allow",
              Principal: { Service: "connect.amazonaws.com" },
              Action: "sns:Publish",
              Resource: { Ref: topicId },
              Condition: {
                StringEquals: { "aws:SourceAccount": "111122223333" },
                ArnEquals: { "aws:SourceArn": instanceArn() },
              },
            },
          ],
        },
      },
    ]);
  });

  test("is a standard one, encrypted with a key that rotates and that Amazon Connect may use", () => {
    expect(propertiesOf(synthesized, "AWS::SNS::Topic")).toEqual([
      { KmsMasterKeyId: { "Fn::GetAtt": [keyId, "Arn"] } },
    ]);
    expect(relayKey()?.Properties.EnableKeyRotation).toBe(true);
    expect(relayKey()?.Properties.KeyPolicy.Statement).toEqual([
      expect.objectContaining({ Effect: "Allow", Action: "kms:*", Principal: { AWS: expect.anything() } }),
      {
        Effect: "Allow",
        Principal: { Service: "connect.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: {
          StringEqualsIfExists: { "aws:SourceAccount": "111122223333" },
          ArnEqualsIfExists: { "aws:SourceArn": instanceArn() },
        },
      },
    ]);
  });

  test("delivers what a customer may see to the relay, and gives up when the transcript has it anyway", () => {
    expect(propertiesOf(synthesized, "AWS::SNS::Subscription")).toEqual([
      {
        Protocol: "lambda",
        TopicArn: { Ref: topicId },
        Endpoint: { "Fn::GetAtt": [expect.stringContaining("relay"), "Arn"] },
        FilterPolicy: streamingFilter,
      },
    ]);
    const ofRelay = propertiesOf(synthesized, "AWS::Lambda::EventInvokeConfig").filter(({ FunctionName }) =>
      /relay/.test(FunctionName.Ref),
    );
    expect(ofRelay).toEqual([
      expect.objectContaining({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 300 }),
    ]);
  });

  test("goes with the stack, like its key and the table of deliveries: none of them holds anything that lasts", () => {
    const ofRelay = ["AWS::SNS::Topic", "AWS::KMS::Key", "AWS::DynamoDB::Table"].flatMap((type) =>
      Object.entries(resources(synthesized, type)).filter(([id]) => /Relay/.test(id)),
    );

    expect(ofRelay).toHaveLength(3);
    for (const [, resource] of ofRelay) expect(resource.DeletionPolicy ?? "Delete").toBe("Delete");
  });

  test("has beside it a table that is paid per request and forgets", () => {
    const [found] = Object.entries(resources(synthesized, "AWS::DynamoDB::Table")).filter(([id]) =>
      /Relay/.test(id),
    );

    expect(found?.[1].Properties).toEqual({
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
    });
  });
});

test("the throttles of sockets follow the factor, up to what an account has", () => {
  const [stage] = propertiesOf(deployedStack({ throttleFactor: 2 }), "AWS::ApiGatewayV2::Stage");

  expect(stage.DefaultRouteSettings).toMatchObject({
    ThrottlingRateLimit: 4_000,
    ThrottlingBurstLimit: 5_000,
  });
  expect(stage.RouteSettings.$connect).toMatchObject({
    ThrottlingRateLimit: 600,
    ThrottlingBurstLimit: 1_200,
  });
});

test("the stage of the sockets is the API's", () => {
  const synthesized = deployedStack({ stageName: "live" });

  expect(propertiesOf(synthesized, "AWS::ApiGatewayV2::Stage")[0].StageName).toBe("live");
  expect(JSON.stringify(synthesized.template.findOutputs("RelayUrl"))).toContain("/live");
});

test.each(deployments)("%s has nothing of the relay in the mode direct", (_, deploy) => {
  const synthesized = deploy({ realTime: "direct" });

  expect(synthesized.text).not.toMatch(/AWS::ApiGatewayV2|AWS::SNS/);
  expect(synthesized.text).not.toMatch(/Relay|RELAY_|STREAMING_TOPIC_ARN|StartContactStreaming|@connections/);
  expect(Object.keys(resources(synthesized, "AWS::DynamoDB::Table"))).toHaveLength(2);
  expect(Object.keys(resources(synthesized, "AWS::KMS::Key"))).toHaveLength(1);
  expect(synthesized.template.findOutputs("RelayUrl")).toEqual({});
});
