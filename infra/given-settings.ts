import type { DeploymentSettings, GivenSettings } from "./deployment-settings.ts";
import { ConfigError } from "./setting-values.ts";

const names = Object.keys({
  instanceArn: true,
  contactFlows: true,
  allowedOrigins: true,
  defaultContactFlow: true,
  allowedAttributes: true,
  startAuth: true,
  jwtIssuer: true,
  jwtAudience: true,
  jwtJwksUri: true,
  claimAttributes: true,
  allowAppsWithoutOrigin: true,
  chatDurationMaxMinutes: true,
  messageMaxLength: true,
  limits: true,
  startLimits: true,
  chatsPerSubject: true,
  attachments: true,
  sessionsValidFrom: true,
  realTime: true,
  stageName: true,
  memory: true,
  reservedConcurrency: true,
  logRetentionDays: true,
  throttleFactor: true,
  waf: true,
  tracing: true,
  monitoring: true,
  alarmTopicArn: true,
  domainName: true,
  certificateArn: true,
  cloudWatchRole: true,
  stackName: true,
} satisfies Record<keyof DeploymentSettings, true>) as readonly (keyof DeploymentSettings)[];

const prefix = "CHAT_BFF_";

/** What was set, and whether it is the example of cdk.json because none of the settings without a default was. */
export interface Given {
  readonly settings: GivenSettings;
  readonly isExample: boolean;
}

/**
 * Collects the settings: first the CDK context (`-c` and cdk.json), then the environment. Where none of the three
 * settings without a default is set, those of the context value `example` stand in, so that a fresh clone
 * synthesizes.
 *
 * @throws {ConfigError} for a name that is no setting: a misspelled one would otherwise have no effect, and nobody
 * would know
 */
export function collectSettings(
  context: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Given {
  refuseUnknown([
    ...Object.keys(context).filter((name) => !isForCdk(name)),
    ...Object.keys(environment).filter((name) => name.startsWith(prefix)),
  ]);
  const settings: GivenSettings = Object.fromEntries(
    names.map((name) => [name, context[name] ?? environment[environmentName(name)]]),
  );
  const isExample = [settings.instanceArn, settings.contactFlows, settings.allowedOrigins].every(
    (value) => value === undefined || value === "",
  );
  return isExample
    ? { settings: { ...settings, ...(context["example"] as GivenSettings | undefined) }, isExample }
    : { settings, isExample };
}

/** Name of a setting in the environment: `CHAT_BFF_INSTANCE_ARN`. Prefixed, because `MEMORY` or `WAF` may mean anything. */
function environmentName(setting: keyof DeploymentSettings): string {
  return `${prefix}${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Context that is the CDK's own: feature flags (`@aws-cdk/…`), looked-up values (`…:account=…`), options of its CLI. */
function isForCdk(name: string): boolean {
  return /[@:]/.test(name) || name === "example" || name === "cli-telemetry";
}

function refuseUnknown(given: readonly string[]): void {
  const known = new Set<string>([...names, ...names.map(environmentName)]);
  const unknown = given.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new ConfigError(
    `${unknown} is no setting: the settings are ${names.join(", ")}, for example -c waf=false.`,
  );
}
