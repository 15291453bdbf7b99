import { devNull } from "node:os";
import { settingNames } from "../lambdas/setting-names.ts";
import { UsageError } from "./usage-error.ts";

/** What `npm start` is told by its arguments and environment. */
export interface RunSettings {
  /** Port of the gateway; 0 is any free one. */
  readonly port: number;
  /** Port of the simulator; 0 is any free one. Not used where `connect` is set. */
  readonly simulatorPort: number;
  /** The real Amazon Connect to use instead of the simulator. */
  readonly connect: { readonly instanceId: string; readonly region: string } | undefined;
  /** How chats reach the pages: `relay` runs the relay function, its sockets and its topic as well. */
  readonly realTime: "relay" | "direct";
  /** The functions' environment, but for the endpoints, which only the running servers know. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What `npm start -- --help` prints. */
export const usage = `npm start [-- --connect]

Serves the chat proxy on this machine, with an embedded DynamoDB and a simulated Amazon Connect.

  --connect       use the Amazon Connect of your AWS credentials instead; needs AWS_REGION, CONNECT_INSTANCE_ID
                  and CONTACT_FLOWS=support=<flow id>
  PORT            port of the proxy, 0 for any free one (3000)
  SIMULATOR_PORT  port of the simulated Amazon Connect, 0 for any free one (3100)
  REAL_TIME       relay: pages get a socket of ours; direct: Amazon Connect's own, as with --connect (relay)

Settings of the deployment, such as ALLOWED_ORIGINS, are read from the environment too.
`;

const loopbackOrigins = ["localhost", "127.0.0.1", "[::1]"].flatMap((host) => [
  `http://${host}:*`,
  `https://${host}:*`,
]);

/** Defaults only the local run has: a deployment must be told each of these. */
const localDefaults: Readonly<Record<string, string>> = {
  [settingNames.sessionsTable]: "sessions",
  [settingNames.relayTable]: "relay",
  [settingNames.startsTable]: "starts",
  [settingNames.quarantineBucket]: "uploads",
  [settingNames.allowedOrigins]: loopbackOrigins.join(","),
  [settingNames.allowAppsWithoutOrigin]: "true",
  [settingNames.connectInstanceId]: "11111111-1111-4111-8111-111111111111",
  [settingNames.contactFlows]:
    "support=22222222-2222-4222-8222-222222222222,sales=33333333-3333-4333-8333-333333333333",
  [settingNames.allowedAttributes]: "customerName,customerEmail,customerPhone,topic,locale,pageUrl",
  [settingNames.chatDurationMaxMinutes]: "10080",
  [settingNames.chatsPerSubject]: "100",
  [settingNames.startLimits]: '{"address":{"intervalMs":1,"burst":1000000}}',
};

/** For the SDK clients of a run that meets no AWS: whatever the machine's own AWS configuration is, none of it is used. */
const noAws: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: "true",
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings of the local run, an empty variable counting as none. Those of the functions are only passed on:
 * the functions judge them as they load.
 *
 * @param args the command line after `npm start --`
 * @throws UsageError if an argument is unknown, a port is no port, `--connect` lacks a setting or REAL_TIME cannot be had
 */
export function readRunSettings(args: readonly string[], environment: Environment): RunSettings {
  const unknown = args.find((arg) => arg !== "--connect");
  if (unknown !== undefined) {
    throw new UsageError(`${unknown} is no option of npm start, which takes --connect and --help.`);
  }
  const connect = args.includes("--connect") ? readConnect(environment) : undefined;
  const realTime = readRealTime(environment, connect !== undefined);
  return {
    port: readPort(environment, "PORT", 3000),
    simulatorPort: readPort(environment, "SIMULATOR_PORT", 3100),
    connect,
    realTime,
    environment: {
      ...functionSettings(environment, connect?.region),
      [settingNames.realTime]: realTime,
    },
  };
}

function readRealTime(environment: Environment, withConnect: boolean): RunSettings["realTime"] {
  const value = environment[settingNames.realTime] || (withConnect ? "direct" : "relay");
  if (value !== "relay" && value !== "direct") {
    throw new UsageError(`REAL_TIME is ${JSON.stringify(value)}, but must be relay or direct.`);
  }
  if (value === "relay" && withConnect) {
    throw new UsageError(
      "REAL_TIME=relay cannot go with --connect: the real Amazon Connect cannot publish to this machine.",
    );
  }
  return value;
}

function readConnect(environment: Environment): RunSettings["connect"] {
  const region = environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"];
  const instanceId = environment[settingNames.connectInstanceId];
  const contactFlows = environment[settingNames.contactFlows];
  if (!region || !instanceId || !contactFlows) {
    throw new UsageError(
      "--connect needs AWS_REGION, CONNECT_INSTANCE_ID and CONTACT_FLOWS=support=<flow id>.",
    );
  }
  return { instanceId, region };
}

function readPort(environment: Environment, name: string, whenUnset: number): number {
  const value = environment[name] || String(whenUnset);
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
    throw new UsageError(`${name} is ${JSON.stringify(value)}, but must be a whole number from 0 to 65535.`);
  }
  return Number(value);
}

/** With a region to use for real, the caller's AWS configuration goes along; otherwise only the settings' names do. */
function functionSettings(
  environment: Environment,
  connectRegion: string | undefined,
): Record<string, string> {
  const given = present(environment);
  const names: readonly string[] = Object.values(settingNames);
  const settings = { ...localDefaults, ...pick(environment, names) };
  const [firstAlias = ""] = (settings[settingNames.contactFlows] ?? "").split("=");
  const aws = connectRegion ? given : noAws;
  return {
    ...aws,
    AWS_REGION: connectRegion ?? given["AWS_REGION"] ?? "us-east-1",
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false",
    [settingNames.defaultContactFlow]: firstAlias.trim(),
    ...settings,
  };
}

function present(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

/** An empty value counts: it is how a default of the local run is turned off. */
function pick(environment: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
  );
}
