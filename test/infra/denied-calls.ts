import { functionNames } from "../../infra/config.ts";
import type { FunctionName } from "../../lambdas/routes.ts";
import type { DeniedCall } from "./denied-call.ts";
import { deniedConnectCalls } from "./denied-connect-calls.ts";
import { deniedDataCalls } from "./denied-data-calls.ts";
import { deniedOtherCalls } from "./denied-other-calls.ts";
import type { AwsCall } from "./evaluate-policy.ts";
import type { Deployment } from "./read-deployment.ts";

/** A row of the table, as a sentence and as the calls of the functions that it is about. */
export interface Denial {
  readonly sentence: string;
  callsIn(deployment: Deployment): readonly { readonly name: FunctionName; readonly call: AwsCall }[];
}

/** The table of calls that must be denied. */
export const denials: readonly Denial[] = [
  ...deniedConnectCalls,
  ...deniedDataCalls,
  ...deniedOtherCalls,
].map(toDenial);

function toDenial([who, action, on, because, context]: DeniedCall): Denial {
  const names = functionNames.filter((name) => who === "every function" || who === name);
  return {
    sentence: `${who} ${action}: ${because}`,
    callsIn: (deployment) =>
      names.map((name) => {
        const resource = typeof on === "string" ? on : on(deployment, name);
        return { name, call: { action, resource, ...(context && { context }) } };
      }),
  };
}
