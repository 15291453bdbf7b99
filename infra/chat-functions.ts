import { Construct } from "constructs";
import type { FunctionName } from "../lambdas/routes.ts";
import { bundleFunctions } from "./bundle-functions.ts";
import type { ChatBffConfig } from "./config.ts";
import { grantChatStart } from "./connect-rights.ts";
import { commonEnvironment } from "./function-environment.ts";
import { NodeFunction } from "./node-function.ts";
import type { SessionTable, TableRight } from "./session-table.ts";

/** What each function does on the sessions table; nothing reads an item without changing it (sessions/session-store.ts). */
const tableRights: Readonly<Record<FunctionName, readonly TableRight[]>> = {
  "start-chat": ["PutItem", "UpdateItem"],
  connection: ["UpdateItem"],
  chat: ["UpdateItem"],
  attachments: ["UpdateItem"],
};

/** Properties of {@link ChatFunctions}. */
export interface ChatFunctionsProps {
  readonly config: ChatBffConfig;
  readonly sessions: SessionTable;
}

/** One Lambda function per name in the route table. Every right of every function is given here. */
export class ChatFunctions extends Construct {
  readonly #functions: ReadonlyMap<FunctionName, NodeFunction>;

  constructor(scope: Construct, id: string, { config, sessions }: ChatFunctionsProps) {
    super(scope, id);
    const environment = commonEnvironment(config);
    this.#functions = new Map(
      [...bundleFunctions()].map(([name, bundle]) => [
        name,
        new NodeFunction(this, name, { name, bundle, config, environment }),
      ]),
    );
    for (const [name, fn] of this.#functions) sessions.grantUse(fn, tableRights[name]);
    grantChatStart(this.get("start-chat"), config);
  }

  /** The function of that name. */
  get(name: FunctionName): NodeFunction {
    const fn = this.#functions.get(name);
    if (!fn) throw new Error(`no route is served by ${name}`);
    return fn;
  }
}
