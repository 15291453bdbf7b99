import { beforeAll, describe, expect, test } from "vitest";
import { operationThrottles } from "../../infra/method-throttles.ts";
import { addressRate } from "../../infra/web-acl.ts";
import { functionTimeouts, routes } from "../../lambdas/routes.ts";
import {
  deployedStack,
  deployments,
  propertiesOf,
  type Resource,
  resources,
  type Synthesized,
} from "./synthesize.ts";

const certificateArn = "arn:aws:acm:eu-west-2:111122223333:certificate/44444444-4444-4444-8444-444444444444";

describe.each(deployments)("the API of %s", (_, deploy) => {
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = deploy();
  });

  test("serves the route table, each path's preflight by the same function, and nothing else", () => {
    const wanted = routes.flatMap(({ method, path, function: name }) =>
      [method, "OPTIONS"].map((served) => `${served} ${path} ${name} ${functionTimeouts[name].gateway}`),
    );

    expect(servedMethods(synthesized)).toEqual(wanted.sort());
  });

  test("is regional and asks for no authorization of the gateway's", () => {
    expect(propertiesOf(synthesized, "AWS::ApiGateway::RestApi")).toEqual([
      expect.objectContaining({
        EndpointConfiguration: { Types: ["REGIONAL"] },
        DisableExecuteApiEndpoint: false,
      }),
    ]);
    for (const method of propertiesOf(synthesized, "AWS::ApiGateway::Method")) {
      expect(method).toMatchObject({ AuthorizationType: "NONE", Integration: { Type: "AWS_PROXY" } });
    }
  });

  test("throttles every method, where a handle is needed far above what one address may send", () => {
    const throttles = new Map(
      methodSettings(synthesized).map(
        ({ HttpMethod, ResourcePath, ThrottlingRateLimit, ThrottlingBurstLimit }) => [
          `${HttpMethod} ${ResourcePath.replaceAll("~1", "/").replace("//", "/")}`,
          { rate: ThrottlingRateLimit, burst: ThrottlingBurstLimit },
        ],
      ),
    );

    expect(throttles.size).toBe(routes.length * 2 + 1);
    for (const { method, path, operation } of routes) {
      expect(throttles.get(`${method} ${path}`)).toEqual(operationThrottles[operation]);
      expect(throttles.get(`OPTIONS ${path}`)).toEqual({ rate: 500, burst: 1_000 });
    }
    expect(throttles.get("* /*")).toEqual({ rate: 500, burst: 1_000 });
    const perAddress = addressRate.limit / addressRate.seconds;
    for (const { method, path } of routes.filter(({ handle }) => handle !== "none")) {
      expect(throttles.get(`${method} ${path}`)?.rate).toBeGreaterThan(5 * perAddress);
    }
    expect(throttles.get("POST /chat")).toEqual({ rate: 10, burst: 16 });
  });

  test("traces requests, and never their data", () => {
    expect(stage(synthesized)).toMatchObject({ TracingEnabled: true, StageName: "prod" });
    for (const setting of methodSettings(synthesized)) {
      expect(setting.DataTraceEnabled).toBe(false);
      expect(setting.LoggingLevel ?? "OFF").toBe("OFF");
    }
  });

  test("logs one line of fixed fields per request: no header but ids, no query, body or path that a caller wrote", () => {
    expect(JSON.parse(stage(synthesized).AccessLogSetting.Format)).toEqual({
      requestId: "$context.requestId",
      extendedRequestId: "$context.extendedRequestId",
      time: "$context.requestTime",
      ip: "$context.identity.sourceIp",
      method: "$context.httpMethod",
      route: "$context.resourcePath",
      status: "$context.status",
      responseBytes: "$context.responseLength",
      milliseconds: "$context.responseLatency",
      functionMilliseconds: "$context.integrationLatency",
      functionStatus: "$context.integrationStatus",
      gatewayError: "$context.error.responseType",
      wafStatus: "$context.waf.status",
      trace: "$context.xrayTraceId",
    });
  });

  test("brings the account's log role, before the stage that needs it, and leaves it behind", () => {
    const [account] = Object.entries(resources(synthesized, "AWS::ApiGateway::Account"));
    const [stageResource] = Object.values(resources(synthesized, "AWS::ApiGateway::Stage"));

    expect(account?.[1].DeletionPolicy).toBe("Retain");
    expect(stageResource).toMatchObject({ DependsOn: expect.arrayContaining([account?.[0]]) });
  });
});

test("throttles follow their factor, and stay above nothing", () => {
  const settings = methodSettings(deployedStack({ throttleFactor: 0.1 }));

  const message = settings.find(({ ResourcePath }) => ResourcePath === "/~1participant~1message");
  expect(message).toMatchObject({ ThrottlingRateLimit: 30, ThrottlingBurstLimit: 60 });
  for (const { ThrottlingRateLimit, ThrottlingBurstLimit } of settings) {
    expect(Math.min(ThrottlingRateLimit, ThrottlingBurstLimit)).toBeGreaterThanOrEqual(1);
  }
});

test("the account's log role is left out where the account has one", () => {
  expect(resources(deployedStack({ cloudWatchRole: false }), "AWS::ApiGateway::Account")).toEqual({});
});

test("a custom domain speaks TLS 1.2 and above, and is the only address of the API", () => {
  const synthesized = deployedStack({ domainName: "chat.example.com", certificateArn });

  expect(propertiesOf(synthesized, "AWS::ApiGateway::DomainName")).toEqual([
    expect.objectContaining({
      DomainName: "chat.example.com",
      RegionalCertificateArn: certificateArn,
      SecurityPolicy: "TLS_1_2",
      EndpointConfiguration: { Types: ["REGIONAL"] },
    }),
  ]);
  expect(propertiesOf(synthesized, "AWS::ApiGateway::RestApi")[0].DisableExecuteApiEndpoint).toBe(true);
  expect(synthesized.template.findOutputs("*")).toMatchObject({
    ApiEndpoint: { Value: "https://chat.example.com" },
    StartChatUrl: { Value: "https://chat.example.com/chat" },
    DomainTarget: { Value: expect.anything() },
  });
});

test("the outputs say where the API is, what to paste into a page, and what removal leaves", () => {
  const outputs = deployedStack({ stageName: "live" }).template.findOutputs("*");

  const text = Object.fromEntries(Object.entries(outputs).map(([name, { Value }]) => [name, flatten(Value)]));
  const endpoint = "https://<Api>.execute-api.<Region>.<URLSuffix>/live";
  expect(text).toEqual({
    ApiEndpoint: endpoint,
    StartChatUrl: `${endpoint}/chat`,
    FrontEndSetup: `connect.ChatSession.setGlobalConfig({ endpoint: "${endpoint}", region: "eu-west-2" });`,
    RelayUrl: "wss://<Api>.execute-api.<Region>.<URLSuffix>/live",
    RevokeFunction: "<revoke>",
    UploadOrigin: "https://<Bucket>.s3.<Region>.<URLSuffix>",
    KeptOnRemoval: expect.stringMatching(
      /^DynamoDB table <Table>, its KMS key, S3 bucket <Bucket>, all log groups/,
    ),
  });
});

function stage(synthesized: Synthesized): Resource["Properties"] {
  return propertiesOf(synthesized, "AWS::ApiGateway::Stage")[0];
}

function methodSettings(synthesized: Synthesized): readonly Resource["Properties"][] {
  return stage(synthesized).MethodSettings;
}

/** `<method> <path> <function> <timeout in seconds>` of each method. */
function servedMethods(synthesized: Synthesized): readonly string[] {
  const parts = resources(synthesized, "AWS::ApiGateway::Resource");
  const functions = resources(synthesized, "AWS::Lambda::Function");
  const pathOf = (id: string): string => {
    const part = parts[id]?.Properties;
    return part ? `${pathOf(part.ParentId.Ref)}/${part.PathPart}` : "";
  };
  return propertiesOf(synthesized, "AWS::ApiGateway::Method")
    .map(({ HttpMethod, ResourceId, Integration }) => {
      const uri = JSON.stringify(Integration.Uri);
      const [, name] = Object.entries(functions).find(([id]) => uri.includes(`"${id}"`)) ?? [];
      const description = name?.Properties.Description.split(": ")[1];
      return `${HttpMethod} ${pathOf(ResourceId.Ref)} ${description} ${Integration.TimeoutInMillis / 1_000}`;
    })
    .sort();
}

type OutputValue = string | { Ref: string } | { "Fn::Join": [string, (string | { Ref: string })[]] };

/** An output's value with `<…>` for each reference. */
function flatten(value: OutputValue): string {
  if (typeof value === "string") return value;
  return ("Ref" in value ? [value] : value["Fn::Join"][1])
    .map((part) =>
      typeof part === "string"
        ? part
        : `<${part.Ref.replace(/^AWS::/, "").replace(/^.*(Api|Table|Bucket|revoke).*$/, "$1")}>`,
    )
    .join("");
}
