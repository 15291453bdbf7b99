import type { DeploymentSettings, GivenSettings } from "./config.ts";

const names = Object.keys({
  instanceArn: true,
  contactFlows: true,
  allowedOrigins: true,
  defaultContactFlow: true,
  allowedAttributes: true,
  allowAppsWithoutOrigin: true,
  chatDurationMaxMinutes: true,
  messageMaxLength: true,
  limits: true,
  sessionsValidFrom: true,
  stageName: true,
  memory: true,
  reservedConcurrency: true,
  logRetentionDays: true,
  throttleFactor: true,
  waf: true,
  domainName: true,
  certificateArn: true,
  cloudWatchRole: true,
  stackName: true,
} satisfies Record<keyof DeploymentSettings, true>) as readonly (keyof DeploymentSettings)[];

/** What was set, and whether it is the example of cdk.json because none of the settings without a default was. */
export interface Given {
  readonly settings: GivenSettings;
  readonly isExample: boolean;
}

/**
 * Collects the settings: first the CDK context (`-c` and cdk.json), then the environment. Where none of the three settings
 * without a default is set, those of the context value `example` stand in, so that a fresh clone synthesizes.
 */
export function collectSettings(
  context: (name: string) => unknown,
  environment: Readonly<Record<string, string | undefined>>,
): Given {
  const settings: GivenSettings = Object.fromEntries(
    names.map((name) => [name, context(name) ?? environment[environmentName(name)]]),
  );
  const isExample = [settings.instanceArn, settings.contactFlows, settings.allowedOrigins].every(
    (value) => value === undefined || value === "",
  );
  return isExample
    ? { settings: { ...settings, ...(context("example") as GivenSettings | undefined) }, isExample }
    : { settings, isExample };
}

/** Name of a setting in the environment: `CHAT_BFF_INSTANCE_ARN`. Prefixed, because `MEMORY` or `WAF` may mean anything. */
export function environmentName(setting: keyof DeploymentSettings): string {
  return `CHAT_BFF_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
