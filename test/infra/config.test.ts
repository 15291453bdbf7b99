import { describe, expect, test } from "vitest";
import { readConfig } from "../../infra/config.ts";
import type { GivenSettings } from "../../infra/deployment-settings.ts";
import { ConfigError } from "../../infra/setting-values.ts";
import { settings } from "./synthesize.ts";

const given: GivenSettings = {
  instanceArn: settings.instanceArn,
  contactFlows: "support=22222222-2222-4222-8222-222222222222,sales=33333333-3333-4333-8333-333333333333",
  allowedOrigins: "https://www.example.com",
};

describe("the configuration", () => {
  test("needs three settings and has a default for every other", () => {
    expect(readConfig(given)).toEqual({
      instance: { region: "eu-west-2", account: "111122223333", id: "11111111-1111-4111-8111-111111111111" },
      contactFlows: settings.contactFlows,
      allowedOrigins: ["https://www.example.com"],
      defaultContactFlow: undefined,
      allowedAttributes: [],
      allowAppsWithoutOrigin: false,
      chatsPerSubject: 3,
      chatDurationMaxMinutes: 1_500,
      messageMaxLength: 16_384,
      limits: undefined,
      attachments: undefined,
      sessionsValidFrom: undefined,
      realTime: "relay",
      stageName: "prod",
      memory: 512,
      reservedConcurrency: {},
      logRetentionDays: 30,
      throttleFactor: 1,
      waf: true,
      tracing: true,
      monitoring: { alarmTopicArn: undefined },
      domain: undefined,
      cloudWatchRole: true,
      stackName: "ConnectChatBff",
    });
  });

  test("takes lists, pairs, numbers and flags as JSON values as well as text", () => {
    const written = readConfig({
      ...given,
      allowedOrigins: "https://www.example.com, https://shop.example.com:8443",
      allowedAttributes: "topic,locale",
      reservedConcurrency: "connection=50,chat=200",
      limits: '{"message":{"intervalMs":600,"burst":9}}',
      memory: "1024",
      waf: "false",
    });

    const asJson = readConfig({
      instanceArn: settings.instanceArn,
      contactFlows: settings.contactFlows,
      allowedOrigins: ["https://www.example.com", "https://shop.example.com:8443"],
      allowedAttributes: ["topic", "locale"],
      reservedConcurrency: { connection: 50, chat: 200 },
      limits: { message: { intervalMs: 600, burst: 9 } },
      memory: 1024,
      waf: false,
    });

    expect(asJson).toEqual(written);
    expect(written).toMatchObject({
      memory: 1024,
      waf: false,
      reservedConcurrency: { connection: 50, chat: 200 },
    });
  });

  test("knows instances of every partition", () => {
    const regions = ["arn:aws-cn:connect:cn-north-1", "arn:aws-us-gov:connect:us-gov-west-1"].map(
      (start) =>
        readConfig({
          ...given,
          instanceArn: `${start}:111122223333:instance/11111111-1111-4111-8111-111111111111`,
        }).instance.region,
    );

    expect(regions).toEqual(["cn-north-1", "us-gov-west-1"]);
  });

  test.each([
    "instanceArn",
    "contactFlows",
    "allowedOrigins",
  ] as const)("asks for %s where it is missing", (name) => {
    expect(() => readConfig({ ...given, [name]: "" })).toThrow(
      new RegExp(`^${name} is missing: set it, for example -c ${name}=[^ ].*\\.$`),
    );
  });

  test.each([
    ["instanceArn", "11111111-1111-4111-8111-111111111111"],
    ["instanceArn", "arn:aws:connect:eu-west-2:1111:instance/11111111-1111-4111-8111-111111111111"],
    ["instanceArn", `${settings.instanceArn}/contact-flow/22222222-2222-4222-8222-222222222222`],
    ["instanceArn", "arn:aws:s3:eu-west-2:111122223333:instance/11111111-1111-4111-8111-111111111111"],
    ["contactFlows", "22222222-2222-4222-8222-222222222222"],
    ["contactFlows", "support=*"],
    ["contactFlows", "sup port=22222222-2222-4222-8222-222222222222"],
    ["contactFlows", "a=22222222-2222-4222-8222-222222222222,a=33333333-3333-4333-8333-333333333333"],
    ["contactFlows", 7],
    ["allowedOrigins", "http://www.example.com"],
    ["allowedOrigins", "*"],
    ["allowedOrigins", "https://*.example.com"],
    ["allowedOrigins", "https://www.example.com:*"],
    ["allowedOrigins", "https://www.example.com/"],
    ["allowedOrigins", "https://www.example.com/shop"],
    ["allowedOrigins", "www.example.com"],
    ["allowedOrigins", "https://www.example.com,null"],
    ["defaultContactFlow", "billing"],
    ["allowedAttributes", "customer name"],
    ["allowedAttributes", "*"],
    ["allowAppsWithoutOrigin", "yes"],
    ["chatDurationMaxMinutes", "59"],
    ["chatsPerSubject", "0"],
    ["chatsPerSubject", "101"],
    ["chatDurationMaxMinutes", "10081"],
    ["messageMaxLength", "0"],
    ["messageMaxLength", "1.5"],
    ["limits", "fast"],
    ["limits", '{"messages":{"intervalMs":1,"burst":1}}'],
    ["limits", '{"message":{"intervalMs":0,"burst":1}}'],
    ["limits", '{"message":null}'],
    ["startLimits", '{"message":{"intervalMs":1,"burst":1}}'],
    ["startLimits", '{"address":{"intervalMs":1}}'],
    ["sessionsValidFrom", "yesterday"],
    ["sessionsValidFrom", "2026-13-31T12:00:00Z"],
    ["sessionsValidFrom", "2026-01-31T12:00:00"],
    ["stageName", "prod/eu"],
    ["memory", "64"],
    ["reservedConcurrency", "50"],
    ["realTime", "polling"],
    ["reservedConcurrency", "undertaker=50"],
    ["reservedConcurrency", "chat=0"],
    ["logRetentionDays", "31"],
    ["logRetentionDays", "9999"],
    ["throttleFactor", "0"],
    ["throttleFactor", "fast"],
    ["waf", "off"],
    ["monitoring", "off"],
    ["monitoring", "loud"],
    ["alarmTopicArn", "alarms"],
    ["alarmTopicArn", "arn:aws:sns:us-east-1:111122223333:alarms"],
    ["alarmTopicArn", "arn:aws:sns:eu-west-2:111122223333:alarms.fifo"],
    ["domainName", "https://chat.example.com"],
    ["certificateArn", "arn:aws:iam::111122223333:server-certificate/chat"],
    ["cloudWatchRole", "arn:aws:iam::111122223333:role/logs"],
    ["stackName", "chat_bff"],
  ])("refuses %s %j in one sentence that names it and shows an example", (name, value) => {
    const refusal = catchError(() => readConfig({ ...given, [name]: value }));

    expect(refusal).toBeInstanceOf(ConfigError);
    expect(refusal.message).toMatch(new RegExp(`^${name} must be [^\\n]+\\.$`));
    expect(refusal.message).toMatch(/such as|true or false/);
  });

  test("knows the relay where there is one", () => {
    const reservedConcurrency = "relay=50";

    expect(readConfig({ ...given, reservedConcurrency }).reservedConcurrency).toEqual({ relay: 50 });
    expect(() => readConfig({ ...given, reservedConcurrency, realTime: "direct" })).toThrow(
      /^reservedConcurrency must be .* with the functions chat, start-chat, connection, attachments, reaper, revoke and/,
    );
  });

  test.each([
    ["certificateArn", { domainName: "chat.example.com" }],
    [
      "domainName",
      {
        certificateArn: "arn:aws:acm:eu-west-2:111122223333:certificate/44444444-4444-4444-8444-444444444444",
      },
    ],
  ])("asks for %s where only its other half is set", (name, half) => {
    expect(() => readConfig({ ...given, ...half })).toThrow(
      new RegExp(`^${name} is missing: .* for example`),
    );
  });
});

function catchError(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
