import { Construct } from "constructs";
import type { ApiFunctionName, FunctionName } from "../lambdas/routes.ts";
import { acknowledge, findings } from "./acknowledged-findings.ts";
import { bundleFunctions } from "./bundle-functions.ts";
import { type ChatBffConfig, deployedFunctions } from "./config.ts";
import { grantChatStart, grantContactStop } from "./connect-rights.ts";
import type { FunctionBundle } from "./function-bundle.ts";
import { attachmentsEnvironment, commonEnvironment } from "./function-environment.ts";
import { NodeFunction } from "./node-function.ts";
import type { QuarantineBucket } from "./quarantine-bucket.ts";
import type { Reaper } from "./reaper.ts";
import type { Relay } from "./relay.ts";
import type { SessionTable, TableRight } from "./session-table.ts";
import type { StartTable } from "./start-table.ts";

/**
 * What each function of the API does on the sessions table; nothing there reads an item without changing it
 * (sessions/session-store.ts).
 */
const tableRights: Readonly<Record<ApiFunctionName, readonly TableRight[]>> = {
  "start-chat": ["PutItem", "UpdateItem"],
  connection: ["UpdateItem"],
  chat: ["UpdateItem"],
  attachments: ["UpdateItem"],
};

/** How long the record of revocations is kept at least, in days. */
const recordKeptDays = 365;

/** Properties of {@link ChatFunctions}. */
export interface ChatFunctionsProps {
  readonly config: ChatBffConfig;
  readonly sessions: SessionTable;
  readonly starts: StartTable;
  readonly reaper: Reaper;
  readonly quarantine: QuarantineBucket;
  /** Undefined in the mode `direct`. */
  readonly relay: Relay | undefined;
}

/**
 * One Lambda function per name in the route table, the reaper, one that revokes, and in the mode `relay` one more.
 * Every right of every function is given here.
 */
export class ChatFunctions extends Construct {
  readonly #functions: ReadonlyMap<FunctionName, NodeFunction>;

  constructor(scope: Construct, id: string, props: ChatFunctionsProps) {
    super(scope, id);
    const { config, sessions, starts, reaper, quarantine, relay } = props;
    const environment = commonEnvironment(config);
    const bundles = bundleFunctions();
    this.#functions = new Map(
      deployedFunctions(config.realTime).map((name) => [
        name,
        new NodeFunction(this, name, {
          name,
          bundle: bundleOf(name, bundles),
          config: name === "revoke" ? keepingRecord(config) : config,
          environment,
          deadLetters: name === "reaper" ? reaper.failures : undefined,
        }),
      ]),
    );
    for (const [name, rights] of Object.entries(tableRights)) {
      const fn = this.get(name as ApiFunctionName);
      sessions.grantUse(fn, rights);
      acknowledge(fn, findings.synchronousFunction);
    }
    grantChatStart(this.get("start-chat"), config);
    starts.grantUse(this.get("start-chat"));
    this.#grantReaping(props);
    this.#grantQuarantine(quarantine, config);
    this.#grantRevocation(sessions, config);
    if (relay) this.#grantRelay(relay, sessions);
  }

  #grantQuarantine(quarantine: QuarantineBucket, config: ChatBffConfig): void {
    const attachments = this.get("attachments");
    quarantine.grantUse(attachments);
    for (const [name, value] of Object.entries(attachmentsEnvironment(config))) {
      attachments.lambda.addEnvironment(name, value);
    }
  }

  #grantReaping({ config, sessions, starts, reaper }: ChatFunctionsProps): void {
    const fn = this.get("reaper");
    sessions.grantReaping(fn);
    starts.grantReaping(fn);
    grantContactStop(fn, config);
    reaper.schedule(fn);
  }

  #grantRevocation(sessions: SessionTable, config: ChatBffConfig): void {
    const revoke = this.get("revoke");
    sessions.grantRevocation(revoke);
    grantContactStop(revoke, config);
    acknowledge(revoke, findings.invokedByOwner);
  }

  #grantRelay({ topic, table, api }: Relay, sessions: SessionTable): void {
    const relay = this.get("relay");
    topic.grantUse(this.get("start-chat"));
    api.tellUrl(this.get("connection"));
    sessions.grantRelay(relay);
    table.grantUse(relay);
    api.grantUse(relay);
    table.grantForgetting(this.get("revoke"));
    api.grantClosing(this.get("revoke"));
    topic.deliverTo(relay);
    api.serveWith(relay);
  }

  /** The function of that name. */
  get(name: FunctionName): NodeFunction {
    const fn = this.#functions.get(name);
    if (!fn) throw new Error(`${name} is not deployed`);
    return fn;
  }
}

function bundleOf(name: FunctionName, bundles: ReadonlyMap<FunctionName, FunctionBundle>): FunctionBundle {
  const bundle = bundles.get(name);
  if (!bundle) throw new Error(`${name} was not bundled`);
  return bundle;
}

function keepingRecord(config: ChatBffConfig): ChatBffConfig {
  return { ...config, logRetentionDays: Math.max(config.logRetentionDays, recordKeptDays) };
}
