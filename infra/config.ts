import { type FunctionName, routes } from "../lambdas/routes.ts";
import { attachmentPolicy } from "./attachment-policy.ts";
import type { GivenSettings } from "./deployment-settings.ts";
import { type MonitoringConfig, readMonitoring } from "./monitoring-config.ts";
import * as expectations from "./setting-expectations.ts";
import { asJson, ConfigError, flag, optional, required, wholeNumber } from "./setting-values.ts";
import { readSignIn, type SignInConfig } from "./sign-in-config.ts";

/** An Amazon Connect instance, as its ARN names it. */
export interface ConnectInstance {
  readonly region: string;
  readonly account: string;
  readonly id: string;
}

/** What the constructs are made from: every setting, valid, defaults filled in. Units as in deployment-settings.ts. */
export interface ChatBffConfig {
  readonly instance: ConnectInstance;
  readonly contactFlows: Readonly<Record<string, string>>;
  readonly allowedOrigins: readonly string[];
  readonly defaultContactFlow: string | undefined;
  readonly allowedAttributes: readonly string[];
  readonly signIn: SignInConfig | undefined;
  readonly allowAppsWithoutOrigin: boolean;
  readonly chatDurationMaxMinutes: number;
  readonly messageMaxLength: number;
  /** JSON, or undefined for the defaults. */
  readonly limits: string | undefined;
  /** JSON, or undefined for the defaults. */
  readonly startLimits: string | undefined;
  readonly chatsPerSubject: number;
  /** JSON, or undefined for the defaults. */
  readonly attachments: string | undefined;
  readonly sessionsValidFrom: string | undefined;
  readonly realTime: "relay" | "direct";
  readonly stageName: string;
  readonly memory: number;
  readonly reservedConcurrency: Readonly<Partial<Record<FunctionName, number>>>;
  readonly logRetentionDays: number;
  readonly throttleFactor: number;
  readonly waf: boolean;
  readonly tracing: boolean;
  /** Undefined where nothing is watched. */
  readonly monitoring: MonitoringConfig | undefined;
  readonly domain: { readonly name: string; readonly certificateArn: string } | undefined;
  readonly cloudWatchRole: boolean;
  readonly stackName: string;
}

/** Every function there is: those of the route table, in its order, and the three that serve no route. */
export const functionNames: readonly FunctionName[] = [
  ...new Set<FunctionName>(routes.map((route) => route.function)),
  "reaper",
  "relay",
  "revoke",
];

/** The functions that a deployment has. */
export function deployedFunctions(realTime: ChatBffConfig["realTime"]): readonly FunctionName[] {
  return functionNames.filter((name) => name !== "relay" || realTime === "relay");
}

/** Validates the settings and fills in the defaults. @throws {ConfigError} at the first that is missing or malformed */
export function readConfig(given: GivenSettings): ChatBffConfig {
  const instance = required(
    "instanceArn",
    given.instanceArn,
    expectations.instance,
    "arn:aws:connect:eu-west-2:111122223333:instance/11111111-1111-4111-8111-111111111111",
  );
  const contactFlows = required(
    "contactFlows",
    given.contactFlows,
    expectations.contactFlows,
    "support=<flow id>,sales=<flow id>",
  );
  const realTime = optional("realTime", given.realTime, expectations.realTime) ?? "relay";
  return {
    instance,
    contactFlows,
    allowedOrigins: required(
      "allowedOrigins",
      given.allowedOrigins,
      expectations.origins,
      "https://www.example.com",
    ),
    defaultContactFlow: optional(
      "defaultContactFlow",
      given.defaultContactFlow,
      expectations.aliasOf(contactFlows),
    ),
    allowedAttributes: optional("allowedAttributes", given.allowedAttributes, expectations.attributes) ?? [],
    signIn: readSignIn(given),
    allowAppsWithoutOrigin: optional("allowAppsWithoutOrigin", given.allowAppsWithoutOrigin, flag) ?? false,
    chatDurationMaxMinutes:
      optional("chatDurationMaxMinutes", given.chatDurationMaxMinutes, wholeNumber(60, 10_080, 1_500)) ??
      1_500,
    messageMaxLength:
      optional("messageMaxLength", given.messageMaxLength, wholeNumber(1, 16_384, 16_384)) ?? 16_384,
    limits: optional("limits", given.limits, expectations.limits),
    startLimits: optional("startLimits", given.startLimits, expectations.startLimits),
    chatsPerSubject: optional("chatsPerSubject", given.chatsPerSubject, wholeNumber(1, 100, 3)) ?? 3,
    attachments: optional("attachments", asJson(given.attachments), attachmentPolicy),
    sessionsValidFrom: optional("sessionsValidFrom", given.sessionsValidFrom, expectations.instant),
    realTime,
    stageName: optional("stageName", given.stageName, expectations.stageName) ?? "prod",
    memory: optional("memory", given.memory, wholeNumber(128, 10_240, 512)) ?? 512,
    reservedConcurrency:
      optional(
        "reservedConcurrency",
        given.reservedConcurrency,
        expectations.concurrencyOf(deployedFunctions(realTime)),
      ) ?? {},
    logRetentionDays: optional("logRetentionDays", given.logRetentionDays, expectations.retentionDays) ?? 30,
    throttleFactor: optional("throttleFactor", given.throttleFactor, expectations.factor) ?? 1,
    waf: optional("waf", given.waf, flag) ?? true,
    tracing: optional("tracing", given.tracing, flag) ?? true,
    monitoring: readMonitoring(given, instance),
    domain: readDomain(given, instance),
    cloudWatchRole: optional("cloudWatchRole", given.cloudWatchRole, flag) ?? true,
    stackName: optional("stackName", given.stackName, expectations.stackName) ?? "ConnectChatBff",
  };
}

function readDomain(given: GivenSettings, instance: ConnectInstance): ChatBffConfig["domain"] {
  const name = optional("domainName", given.domainName, expectations.domainName);
  const certificateArn = optional(
    "certificateArn",
    given.certificateArn,
    expectations.certificateIn(instance),
  );
  if (name !== undefined && certificateArn !== undefined) return { name, certificateArn };
  if (name === undefined && certificateArn === undefined) return undefined;
  const [missing, present, example] =
    name === undefined
      ? ["domainName", "certificateArn", "chat.example.com"]
      : ["certificateArn", "domainName", "arn:aws:acm:eu-west-2:111122223333:certificate/<id>"];
  throw new ConfigError(`${missing} is missing: ${present} needs it, for example -c ${missing}=${example}.`);
}
