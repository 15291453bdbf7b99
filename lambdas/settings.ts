import { type AttachmentPolicy, parsePolicy } from "./attachments/policy.ts";
import {
  defaultLimits,
  defaultStartLimits,
  directLimits,
  type Limits,
  type StartLimits,
} from "./rate-limits/limits.ts";
import { settingNames } from "./setting-names.ts";
import {
  type Environment,
  flag,
  instant,
  limits,
  list,
  malformed,
  required,
  SettingError,
  wholeNumber,
} from "./setting-values.ts";

/** How a chat's items reach the browser (setting-names.ts, `realTime`). */
export type RealTime = "relay" | "direct";

/** Settings every function has. */
export interface Settings {
  readonly realTime: RealTime;
  readonly sessionsTable: string;
  /** Exact origins, and patterns such as `http://localhost:*`. */
  readonly allowedOrigins: readonly string[];
  readonly allowAppsWithoutOrigin: boolean;
  /** Milliseconds since the epoch; 0 where the setting is absent. */
  readonly sessionsValidFrom: number;
  readonly limits: Limits;
  /** Characters. */
  readonly messageMaxLength: number;
}

/** Settings of the function that starts chats. */
export interface StartSettings extends ReaperSettings {
  /** Flow ids by alias. */
  readonly contactFlows: ReadonlyMap<string, string>;
  readonly defaultContactFlow: string | undefined;
  readonly allowedAttributes: ReadonlySet<string>;
  readonly chatDurationMaxMinutes: number;
  readonly startLimits: StartLimits;
  /** Chats that somebody who signed in may have open at a time. */
  readonly chatsPerSubject: number;
  /** Where Connect streams chats to; undefined in the mode `direct`. */
  readonly streamingTopicArn: string | undefined;
}

/** Settings of the function that finishes what starts left. */
export interface ReaperSettings {
  readonly instanceId: string;
  /** Where starts are recorded. */
  readonly startsTable: string;
}

/** Settings of the function that takes attachments. */
export interface AttachmentSettings {
  readonly quarantineBucket: string;
  readonly policy: AttachmentPolicy;
}

/** Settings of the function that relays. */
export interface RelaySettings {
  readonly relayTable: string;
  readonly managementUrl: string;
}

/** Settings of the function that revokes. */
export interface RevocationSettings {
  readonly instanceId: string;
  /** Where its sockets are; undefined in the mode `direct`. */
  readonly relay: RelaySettings | undefined;
}

/** Reads the settings every function has. @throws {SettingError} */
export function loadSettings(env: Environment): Settings {
  const mode = realTime(env);
  return {
    realTime: mode,
    sessionsTable: required(env, settingNames.sessionsTable, "chat-sessions"),
    allowedOrigins: list(required(env, settingNames.allowedOrigins, "https://www.example.com")).map(toOrigin),
    allowAppsWithoutOrigin: flag(env, settingNames.allowAppsWithoutOrigin),
    sessionsValidFrom: instant(env, settingNames.sessionsValidFrom),
    limits: limits(env, settingNames.limits, mode === "relay" ? defaultLimits : directLimits),
    messageMaxLength: wholeNumber(env, settingNames.messageMaxLength, 1, 16_384, 16_384),
  };
}

/** Reads the settings of the function that starts chats. @throws {SettingError} */
export function loadStartSettings(env: Environment): StartSettings {
  const contactFlows = flows(required(env, settingNames.contactFlows, "support=<flow id>,sales=<flow id>"));
  const defaultContactFlow = env[settingNames.defaultContactFlow] || undefined;
  if (defaultContactFlow !== undefined && !contactFlows.has(defaultContactFlow)) {
    throw malformed(settingNames.defaultContactFlow, "an alias of CONTACT_FLOWS, such as support");
  }
  return {
    ...loadReaperSettings(env),
    contactFlows,
    defaultContactFlow,
    allowedAttributes: new Set(list(env[settingNames.allowedAttributes])),
    chatsPerSubject: wholeNumber(env, settingNames.chatsPerSubject, 1, 100, 3),
    chatDurationMaxMinutes: wholeNumber(env, settingNames.chatDurationMaxMinutes, 60, 10_080, 1_500),
    startLimits: limits(env, settingNames.startLimits, defaultStartLimits),
    streamingTopicArn: inRelay(
      env,
      settingNames.streamingTopicArn,
      "arn:aws:sns:eu-west-2:111122223333:chat",
    ),
  };
}

/**
 * Reads the address of our sockets, for the function that hands it out; undefined in the mode `direct`.
 *
 * @throws {SettingError}
 */
export function loadRelayUrl(env: Environment): string | undefined {
  const url = inRelay(env, settingNames.relayUrl, "wss://abc.execute-api.eu-west-2.amazonaws.com/prod");
  // chatjs takes no other address: anything else would leave every visitor without a socket.
  if (url !== undefined && !/^(wss:\/\/|ws:\/\/127\.0\.0\.1:)[^?#]+$/.test(url)) {
    throw malformed(
      settingNames.relayUrl,
      "a wss:// address, such as wss://abc.execute-api.eu-west-2.amazonaws.com/prod",
    );
  }
  return url;
}

/** Reads the settings of the function that takes attachments. @throws {SettingError} */
export function loadAttachmentSettings(env: Environment): AttachmentSettings {
  const quarantineBucket = required(env, settingNames.quarantineBucket, "chat-uploads");
  try {
    return { quarantineBucket, policy: parsePolicy(env[settingNames.attachmentPolicy] || undefined) };
  } catch (error) {
    throw new SettingError(
      `${settingNames.attachmentPolicy}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Reads the settings of the function that relays. @throws {SettingError} */
export function loadRelaySettings(env: Environment): RelaySettings {
  return {
    relayTable: required(env, settingNames.relayTable, "chat-relay"),
    managementUrl: required(
      env,
      settingNames.relayManagementUrl,
      "https://abc.execute-api.eu-west-2.amazonaws.com/prod",
    ),
  };
}

/** Reads the settings of the function that finishes what starts left. @throws {SettingError} */
export function loadReaperSettings(env: Environment): ReaperSettings {
  return {
    instanceId: instanceId(env),
    startsTable: required(env, settingNames.startsTable, "chat-starts"),
  };
}

/** Reads the settings of the function that revokes. @throws {SettingError} */
export function loadRevocationSettings(env: Environment): RevocationSettings {
  return {
    instanceId: instanceId(env),
    relay: realTime(env) === "relay" ? loadRelaySettings(env) : undefined,
  };
}

function instanceId(env: Environment): string {
  return required(env, settingNames.connectInstanceId, "12345678-1234-1234-1234-123456789012");
}

function realTime(env: Environment): RealTime {
  const mode = env[settingNames.realTime] || "relay";
  if (mode !== "relay" && mode !== "direct") throw malformed(settingNames.realTime, "relay or direct");
  return mode;
}

function inRelay(env: Environment, name: string, example: string): string | undefined {
  return realTime(env) === "relay" ? required(env, name, example) : undefined;
}

/**
 * An origin as browsers send it: scheme, host and port alone. Any port (`*`) is for loopback hosts: a developer's
 * machine.
 */
function toOrigin(entry: string): string {
  if (/^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*$/.test(entry)) return entry;
  if (
    entry.includes("*") ||
    !URL.canParse(entry) ||
    new URL(entry).origin !== entry ||
    !/^https?:/.test(entry)
  ) {
    throw malformed(
      settingNames.allowedOrigins,
      "a comma-separated list of origins, such as https://www.example.com",
    );
  }
  return entry;
}

function flows(value: string): ReadonlyMap<string, string> {
  const pairs = list(value).map((entry) => /^([A-Za-z0-9_-]{1,64})=([A-Za-z0-9-]{1,500})$/.exec(entry) ?? []);
  const known = new Map(pairs.map(([, alias = "", id = ""]) => [alias, id]));
  if (known.size === 0 || known.size < pairs.length || known.has("")) {
    throw malformed(
      settingNames.contactFlows,
      "alias=id pairs with an alias each, such as support=<flow id>,sales=<flow id>",
    );
  }
  return known;
}
