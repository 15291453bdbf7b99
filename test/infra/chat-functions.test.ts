import { beforeAll, describe, expect, test } from "vitest";
import { deployedFunctions } from "../../infra/config.ts";
import { type FunctionName, functionTimeouts } from "../../lambdas/routes.ts";
import {
  companyStack,
  deployedStack,
  deploymentsInModes,
  propertiesOf,
  resources,
  type Synthesized,
} from "./synthesize.ts";

const commonVariables = [
  "ALLOWED_ORIGINS",
  "ALLOW_APPS_WITHOUT_ORIGIN",
  "MESSAGE_MAX_LENGTH",
  "REAL_TIME",
  "SESSIONS_TABLE",
];

/** What single functions have besides, in either mode and in the mode `relay`. */
const ownVariables: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  "start-chat": [
    "CHATS_PER_SUBJECT",
    "CHAT_DURATION_MAX_MINUTES",
    "CONNECT_INSTANCE_ID",
    "CONTACT_FLOWS",
    "STARTS_TABLE",
  ],
  attachments: ["QUARANTINE_BUCKET"],
  reaper: ["CONNECT_INSTANCE_ID", "STARTS_TABLE"],
  revoke: ["CONNECT_INSTANCE_ID"],
};
const relayVariables: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  "start-chat": ["STREAMING_TOPIC_ARN"],
  connection: ["RELAY_URL"],
  relay: ["RELAY_MANAGEMENT_URL", "RELAY_TABLE"],
  revoke: ["RELAY_MANAGEMENT_URL", "RELAY_TABLE"],
};

describe.each(deploymentsInModes)("the functions of %s", (_, deploy, realTime) => {
  const functionNames = deployedFunctions(realTime);
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = deploy();
  });

  test("are those of the route table, the reaper, the one that revokes, and the relay where there is one", () => {
    expect(Object.keys(functionsOf(synthesized)).sort()).toEqual([...functionNames].sort());
  });

  test.each(
    functionNames,
  )("%s runs on Node 24 and arm64, traced, for as long as its deadline says", (name) => {
    expect(functionsOf(synthesized)[name]).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      TracingConfig: { Mode: "Active" },
      MemorySize: 512,
      Timeout: functionTimeouts[name].lambda,
    });
    expect(functionsOf(synthesized)[name]).not.toHaveProperty("ReservedConcurrentExecutions");
  });

  test.each(functionNames)("%s has the variables its settings need, and no other", (name) => {
    const { Variables } = functionsOf(synthesized)[name].Environment;

    const wanted = [
      ...commonVariables,
      ...(name === "revoke" ? [] : ["METRICS_DEPLOYMENT"]),
      ...(ownVariables[name] ?? []),
      ...((realTime === "relay" && relayVariables[name]) || []),
    ];
    expect(Variables.REAL_TIME).toBe(realTime);
    expect(Object.keys(Variables).sort()).toEqual([...wanted].sort());
    expect(Object.values(Variables).map(toText).join()).not.toMatch(/secret|password|token|key|arn:/i);
  });

  test("keep their logs in groups of their own that forget", () => {
    const groups = propertiesOf(synthesized, "AWS::Logs::LogGroup");

    const accessLogs = realTime === "relay" ? 2 : 1;
    expect(groups).toHaveLength(functionNames.length + accessLogs);
    const record = functionsOf(synthesized).revoke.LoggingConfig.LogGroup.Ref;
    for (const [id, { Properties }] of Object.entries(resources(synthesized, "AWS::Logs::LogGroup"))) {
      expect([id, Properties.RetentionInDays]).toEqual([id, id === record ? 365 : 30]);
    }
    for (const fn of Object.values(functionsOf(synthesized))) {
      expect(resources(synthesized, "AWS::Logs::LogGroup")).toHaveProperty(fn.LoggingConfig.LogGroup.Ref);
    }
  });

  test.each(functionNames)("%s has the rights its code needs, and no other", (name) => {
    const connect = [
      "connect:StartChatContact on contact-flow/22222222-2222-4222-8222-222222222222",
      "connect:StartChatContact on contact-flow/33333333-3333-4333-8333-333333333333",
      "connect:StopContact on contact/*",
      ...(realTime === "relay"
        ? ["connect:StartContactStreaming on contact/*", "connect:StartContactStreaming on the instance"]
        : []),
    ];
    const items = ["DeleteItem", "GetItem", "PutItem", "UpdateItem"];
    const sockets = ["DELETE", "GET", "POST"];
    const relay = [
      "dynamodb:GetItem on Sessions if SPECIFIC_ATTRIBUTES",
      "dynamodb:UpdateItem on Sessions if NONE",
      ...items.map((action) => `dynamodb:${action} on Relay`),
      ...sockets.map((method) => `execute-api:ManageConnections on prod/${method}/@connections/*`),
    ];
    const revoke = [
      "connect:StopContact on contact/*",
      "dynamodb:GetItem on Sessions if SPECIFIC_ATTRIBUTES",
      "dynamodb:Query on by-subject",
      "dynamodb:Scan on Sessions if SPECIFIC_ATTRIBUTES",
      "dynamodb:UpdateItem on Sessions if NONE",
      ...(realTime === "relay"
        ? ["dynamodb:DeleteItem on Relay", "execute-api:ManageConnections on prod/DELETE/@connections/*"]
        : []),
    ];
    const reaper = [
      "connect:StopContact on contact/*",
      "dynamodb:DeleteItem on Starts if NONE",
      "dynamodb:Scan on Starts if SPECIFIC_ATTRIBUTES",
      "dynamodb:UpdateItem on Sessions if NONE",
      "dynamodb:UpdateItem on Starts if NONE",
      "sqs:SendMessage on Queue",
    ];
    const starts = ["DeleteItem", "PutItem", "UpdateItem"].map((action) => `dynamodb:${action} on Starts`);
    const special: Readonly<Partial<Record<FunctionName, readonly string[]>>> = { reaper, relay, revoke };
    const uploads = ["DeleteObject", "GetObject", "PutObject"].map((action) => `s3:${action} on uploads/*`);
    const key = ["Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext"];
    expect(rightsOf(synthesized, name)).toEqual(
      [
        ...(name === "start-chat" ? connect : []),
        ...(name === "start-chat" ? ["dynamodb:PutItem on Sessions", ...starts] : []),
        ...(name === "attachments" ? uploads : []),
        ...(special[name] ?? ["dynamodb:UpdateItem on Sessions"]),
        ...[...key, "ReEncryptFrom", "ReEncryptTo"].map((action) => `kms:${action} on Key via dynamodb`),
        "logs:CreateLogStream on LogGroup",
        "logs:PutLogEvents on LogGroup",
        "xray:PutTelemetryRecords on *",
        "xray:PutTraceSegments on *",
      ].sort(),
    );
  });

  test("have no policy beside their roles' own", () => {
    const managed = propertiesOf(synthesized, "AWS::IAM::Role").flatMap(
      (role) => role.ManagedPolicyArns ?? [],
    );
    expect(managed.map(toText)).toEqual([
      expect.stringContaining("service-role/AmazonAPIGatewayPushToCloudWatchLogs"),
    ]);
  });

  test("may be invoked by API Gateway alone, method by method; the relay by its sockets and its topic; the reaper by its schedule; the one that revokes by nobody", () => {
    const permissions = propertiesOf(synthesized, "AWS::Lambda::Permission");
    const ofRelay = permissions.filter(({ FunctionName }) => toText(FunctionName).includes("relay"));

    const [ofReaper, ...others] = permissions.filter(({ FunctionName }) =>
      toText(FunctionName).includes("reaper"),
    );

    expect(others).toEqual([]);
    expect(ofReaper).toMatchObject({
      Principal: "events.amazonaws.com",
      SourceArn: { "Fn::GetAtt": [expect.stringContaining("EveryMinute"), "Arn"] },
    });
    expect(permissions.map(({ FunctionName }) => toText(FunctionName)).join()).not.toMatch(/revoke/i);
    for (const permission of permissions.filter((each) => !ofRelay.includes(each) && each !== ofReaper)) {
      expect(permission.Principal).toBe("apigateway.amazonaws.com");
      expect(toText(permission.SourceArn)).toMatch(/\/(GET|POST|OPTIONS)\/(health|chat|participant\/)/);
    }
    const callers = ofRelay.map(({ Principal, SourceArn }) => {
      const route = /\*\$\w+/.exec(toText(SourceArn))?.[0];
      return `${Principal} ${route ?? SourceArn.Ref.replace(/^.*Relay(\w+Topic).*$/, "$1")}`;
    });
    expect(callers.sort()).toEqual(
      realTime === "direct"
        ? []
        : [
            "apigateway.amazonaws.com *$connect",
            "apigateway.amazonaws.com *$default",
            "apigateway.amazonaws.com *$disconnect",
            "sns.amazonaws.com StreamingTopic",
          ],
    );
  });

  test("no ARN names a partition, so that the stack fits every one", () => {
    expect(synthesized.text).not.toMatch(/arn:aws/);
  });
});

test("memory, reserved concurrency and retention follow the settings", () => {
  const synthesized = deployedStack({
    memory: 1024,
    reservedConcurrency: "connection=50",
    logRetentionDays: 731,
  });

  const functions = functionsOf(synthesized);
  expect(Object.values(functions).map((fn) => fn.MemorySize)).toEqual(Array(7).fill(1024));
  expect(functions.connection.ReservedConcurrentExecutions).toBe(50);
  expect(functions.chat).not.toHaveProperty("ReservedConcurrentExecutions");
  for (const group of propertiesOf(synthesized, "AWS::Logs::LogGroup"))
    expect(group.RetentionInDays).toBe(731);
});

test("every other setting of the functions reaches them under its name", () => {
  const functions = functionsOf(
    companyStack({
      defaultContactFlow: "sales",
      allowedAttributes: ["topic", "locale"],
      allowAppsWithoutOrigin: true,
      chatDurationMaxMinutes: 10_080,
      messageMaxLength: 1_024,
      limits: { message: { intervalMs: 600, burst: 9 } },
      sessionsValidFrom: "2026-01-31T12:00:00Z",
      attachments: { types: ["pdf"], rename: true },
    }),
  );

  const common = {
    ALLOWED_ORIGINS: "https://www.example.com,https://shop.example.com",
    ALLOW_APPS_WITHOUT_ORIGIN: "true",
    MESSAGE_MAX_LENGTH: "1024",
    RATE_LIMITS: '{"message":{"intervalMs":600,"burst":9}}',
    SESSIONS_VALID_FROM: "2026-01-31T12:00:00Z",
  };
  expect(functions.chat.Environment.Variables).toMatchObject(common);
  expect(functions.attachments.Environment.Variables).toMatchObject({
    ...common,
    ATTACHMENT_POLICY: '{"types":["pdf"],"rename":true}',
  });
  expect(functions["start-chat"].Environment.Variables).toMatchObject({
    ...common,
    CONNECT_INSTANCE_ID: "11111111-1111-4111-8111-111111111111",
    CONTACT_FLOWS: "support=22222222-2222-4222-8222-222222222222,sales=33333333-3333-4333-8333-333333333333",
    DEFAULT_CONTACT_FLOW: "sales",
    ALLOWED_ATTRIBUTES: "topic,locale",
    CHATS_PER_SUBJECT: "3",
    CHAT_DURATION_MAX_MINUTES: "10080",
  });
});

test("tracing=false traces nothing, not even what a caller wants traced", () => {
  const synthesized = deployedStack({ tracing: false });

  for (const fn of Object.values(functionsOf(synthesized))) expect(fn).not.toHaveProperty("TracingConfig");
  expect(propertiesOf(synthesized, "AWS::ApiGateway::Stage")[0].TracingEnabled).toBe(false);
  expect(synthesized.text).not.toContain("xray:");
});

test("settings that Lambda has no room for are refused before they are deployed", () => {
  const allowedOrigins = Array.from({ length: 200 }, (_, index) => `https://shop-${index}.example.com`);

  expect(() => deployedStack({ allowedOrigins })).toThrow(
    /^contactFlows, allowedOrigins, .* must be at most 3212 bytes/,
  );
});

/** Properties of the functions, by name. */
function functionsOf(
  synthesized: Synthesized,
): Record<FunctionName, ReturnType<typeof propertiesOf>[number]> {
  return Object.fromEntries(
    propertiesOf(synthesized, "AWS::Lambda::Function").map((fn) => [fn.Description.split(": ")[1], fn]),
  ) as Record<FunctionName, ReturnType<typeof propertiesOf>[number]>;
}

/** What the role of a function may do, one line per action and resource. */
function rightsOf(synthesized: Synthesized, name: FunctionName): readonly string[] {
  const role = functionsOf(synthesized)[name].Role["Fn::GetAtt"][0];
  return propertiesOf(synthesized, "AWS::IAM::Policy")
    .filter((policy) => policy.Roles.some((entry: { Ref: string }) => entry.Ref === role))
    .flatMap((policy) => policy.PolicyDocument.Statement)
    .flatMap(({ Effect, Action, Resource, Condition }) => {
      expect(Effect).toBe("Allow");
      const via =
        toText(Condition).includes('"kms:ViaService"') && toText(Condition).includes("dynamodb.")
          ? " via dynamodb"
          : "";
      const condition = Condition?.StringEqualsIfExists ?? {};
      const limit = condition["dynamodb:Select"] ?? condition["dynamodb:ReturnValues"];
      return [Action]
        .flat()
        .flatMap((action) =>
          [Resource]
            .flat()
            .map(
              (resource) =>
                `${action} on ${describeResource(synthesized, resource)}${via}${limit ? ` if ${limit}` : ""}`,
            ),
        );
    })
    .sort();
}

function describeResource({ template }: Synthesized, resource: unknown): string {
  if (typeof resource === "string") return resource;
  const [logicalId] = (resource as { "Fn::GetAtt"?: [string] })["Fn::GetAtt"] ?? [];
  const type: string | undefined = logicalId && template.toJSON()["Resources"][logicalId].Type;
  if (type === "AWS::DynamoDB::Table") {
    return /(Relay|Starts)/.exec(toText(logicalId))?.[1] ?? "Sessions";
  }
  if (type) return type.split("::").at(-1) ?? type;
  const socket = /\/(prod\/\w+\/@connections\/\*)"/.exec(toText(resource))?.[1];
  if (socket) return socket;
  const index = /"\/index\/([\w-]+)"/.exec(toText(resource))?.[1];
  if (index) return index;
  const prefix = /Quarantine\w+","Arn"\]\},"\/(uploads\/\*)"/.exec(toText(resource))?.[1];
  if (prefix) return prefix;
  const instance = ":connect:eu-west-2:111122223333:instance/11111111-1111-4111-8111-111111111111";
  const [start, rest] = toText(resource).split(instance);
  expect(start).toBe('{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},"');
  return rest?.replace(/"\]\]\}$/, "").replace(/^\//, "") || "the instance";
}

function toText(value: unknown): string {
  return JSON.stringify(value) ?? "";
}
