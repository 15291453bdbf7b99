import { settingNames } from "../lambdas/setting-names.ts";
import type { ChatBffConfig } from "./config.ts";
import { ConfigError } from "./setting-values.ts";

/**
 * What Lambda allows for a function's variables, 4,096 bytes as JSON, less what comes with rights: the names of two
 * tables and of the topic, each with the stack's, which may have 128 letters, and 500 bytes for the rest.
 */
const availableBytes = 4_096 - 3 * 128 - 500;

/** The settings every function reads but those that come with a right, such as the table's name (session-table.ts). */
export function commonEnvironment(config: ChatBffConfig): Record<string, string> {
  return {
    [settingNames.allowedOrigins]: config.allowedOrigins.join(","),
    [settingNames.allowAppsWithoutOrigin]: String(config.allowAppsWithoutOrigin),
    [settingNames.messageMaxLength]: String(config.messageMaxLength),
    [settingNames.realTime]: config.realTime,
    ...(config.limits && { [settingNames.limits]: config.limits }),
    ...(config.sessionsValidFrom && { [settingNames.sessionsValidFrom]: config.sessionsValidFrom }),
  };
}

/**
 * The settings only the function that starts chats reads.
 *
 * @throws {ConfigError} when they and the common ones are more than Lambda takes
 */
export function startEnvironment(config: ChatBffConfig): Record<string, string> {
  const flows = Object.entries(config.contactFlows).map(([alias, id]) => `${alias}=${id}`);
  const environment = {
    [settingNames.connectInstanceId]: config.instance.id,
    [settingNames.contactFlows]: flows.join(","),
    [settingNames.chatDurationMaxMinutes]: String(config.chatDurationMaxMinutes),
    [settingNames.chatsPerSubject]: String(config.chatsPerSubject),
    ...(config.startLimits && { [settingNames.startLimits]: config.startLimits }),
    ...signInEnvironment(config),
    ...(config.defaultContactFlow && { [settingNames.defaultContactFlow]: config.defaultContactFlow }),
    ...(config.allowedAttributes.length > 0 && {
      [settingNames.allowedAttributes]: config.allowedAttributes.join(","),
    }),
  };
  const culprits = "contactFlows, allowedOrigins, allowedAttributes and limits";
  requireRoom(culprits, { ...commonEnvironment(config), ...environment }, "40 flows and 20 origins");
  return environment;
}

function signInEnvironment({ signIn }: ChatBffConfig): Record<string, string> {
  if (signIn === undefined) return {};
  const claims = Object.entries(signIn.claimAttributes).map(([claim, attribute]) => `${claim}=${attribute}`);
  return {
    [settingNames.startAuth]: "jwt",
    [settingNames.jwtIssuer]: signIn.issuer,
    [settingNames.jwtAudience]: signIn.audience.join(","),
    ...(signIn.jwksUri && { [settingNames.jwtJwksUri]: signIn.jwksUri }),
    ...(claims.length > 0 && { [settingNames.claimAttributes]: claims.join(",") }),
  };
}

/**
 * The settings only the function of attachments reads.
 *
 * @throws {ConfigError} when they and the common ones are more than Lambda takes
 */
export function attachmentsEnvironment(config: ChatBffConfig): Record<string, string> {
  const environment = { ...(config.attachments && { [settingNames.attachmentPolicy]: config.attachments }) };
  const culprits = "allowedOrigins, limits and attachments";
  requireRoom(culprits, { ...commonEnvironment(config), ...environment }, "20 origins and 10 types");
  return environment;
}

/** The settings that functions which stop chats read besides. */
export function instanceEnvironment({ instance }: ChatBffConfig): Record<string, string> {
  return { [settingNames.connectInstanceId]: instance.id };
}

/** Lambda takes 4 KB of variables; a deployment that has more would fail late. */
function requireRoom(culprits: string, environment: Readonly<Record<string, string>>, example: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(environment));
  if (bytes <= availableBytes) return;
  throw new ConfigError(
    `${culprits} must be at most ${availableBytes} bytes together, but are ${bytes}, such as with ${example}.`,
  );
}
