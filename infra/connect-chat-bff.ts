import { Annotations, Stack, Token } from "aws-cdk-lib";
import { Construct } from "constructs";
import { ChatApi } from "./chat-api.ts";
import { ChatFunctions } from "./chat-functions.ts";
import { type ChatBffConfig, readConfig } from "./config.ts";
import type { DeploymentSettings } from "./deployment-settings.ts";
import { GatewayLogRole } from "./gateway-log-role.ts";
import { Monitoring } from "./monitoring.ts";
import { QuarantineBucket } from "./quarantine-bucket.ts";
import { Reaper } from "./reaper.ts";
import { Relay } from "./relay.ts";
import { SessionTable } from "./session-table.ts";
import { ConfigError } from "./setting-values.ts";
import { StartTable } from "./start-table.ts";

/** The settings of the deployment: each is explained in {@link DeploymentSettings}. */
export type ConnectChatBffProps = Omit<DeploymentSettings, "stackName">;

/**
 * The proxy in front of Amazon Connect chat, whole: API, functions, tables, bucket of uploads, web ACL, and in the
 * mode `relay` its sockets. Place it in a stack of your own CDK app, in the account and Region of the Connect
 * instance.
 */
export class ConnectChatBff extends Construct {
  /** What chat clients are given as `endpoint`. */
  readonly endpoint: string;
  /** Where pages start a chat. */
  readonly startChatUrl: string;
  /** What sockets are opened at; undefined in the mode `direct`. */
  readonly relayUrl: string | undefined;
  /** Where the DNS record of the custom domain has to point; undefined without a custom domain. */
  readonly domainTarget: string | undefined;
  /** Name of the sessions table, which stays when the stack goes. */
  readonly sessionsTableName: string;
  /** Name of the bucket of uploads, which stays when the stack goes. */
  readonly quarantineBucketName: string;
  /** Where pages upload files to: allow it in their Content-Security-Policy (`connect-src`). */
  readonly uploadOrigin: string;
  /** Alarms and dashboard, to which others can be added; undefined with `monitoring=false`. */
  readonly monitoring: Monitoring | undefined;

  /** Name of the function that revokes sessions: for whoever may end chats, and nobody else. */
  readonly revokeFunctionName: string;

  /** @throws {ConfigError} when a setting is missing or malformed, or the stack is not where the Connect instance is */
  constructor(scope: Construct, id: string, props: ConnectChatBffProps) {
    super(scope, id);
    const config = readConfig(props);
    requireSamePlace(Stack.of(this), config);
    if (config.signIn === undefined) {
      Annotations.of(this).addWarningV2(
        "connect-chat-bff:startAuth",
        'Anybody can start chats: an Origin header proves nothing outside a browser. Set startAuth=jwt, or acknowledge it (docs/operations.md, "Who may start a chat").',
      );
    }
    const sessions = new SessionTable(this, "Sessions");
    const starts = new StartTable(this, "Starts", { key: sessions.key });
    const quarantine = new QuarantineBucket(this, "Quarantine", config);
    const logRole = config.cloudWatchRole ? new GatewayLogRole(this, "LogRole") : undefined;
    const relay = config.realTime === "relay" ? new Relay(this, "Relay", { config, logRole }) : undefined;
    const reaper = new Reaper(this, "Reaper");
    const functions = new ChatFunctions(this, "Functions", {
      config,
      sessions,
      starts,
      reaper,
      quarantine,
      relay,
    });
    const api = new ChatApi(this, "Api", { config, functions, logRole });
    const { monitoring } = config;
    this.monitoring =
      monitoring &&
      new Monitoring(this, "Monitoring", {
        config,
        monitoring,
        stage: api.stage,
        functions,
        sessions,
        starts,
        relay,
      });
    if (this.monitoring) reaper.watch(this.monitoring);
    this.endpoint = api.endpoint;
    this.startChatUrl = `${api.endpoint}/chat`;
    this.relayUrl = relay?.api.url;
    this.domainTarget = api.domainTarget;
    this.sessionsTableName = sessions.table.tableName;
    this.quarantineBucketName = quarantine.bucket.bucketName;
    this.revokeFunctionName = functions.get("revoke").lambda.functionName;
    this.uploadOrigin = quarantine.origin;
  }
}

/** Amazon Connect is called in the functions' own account and Region; a stack that knows its own can be checked now. */
function requireSamePlace({ account, region }: Stack, { instance }: ChatBffConfig): void {
  for (const [actual, wanted] of [
    [account, instance.account],
    [region, instance.region],
  ] as const) {
    if (!Token.isUnresolved(actual) && actual !== wanted) {
      throw new ConfigError(
        `instanceArn must be in the account and Region of the stack, such as arn:aws:connect:${region}:${account}:instance/<id>, but names ${wanted}.`,
      );
    }
  }
}
