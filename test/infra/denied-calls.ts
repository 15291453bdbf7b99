import { functionNames } from "../../infra/config.ts";
import type { FunctionName } from "../../lambdas/routes.ts";
import { deniedBucketCalls } from "./denied-bucket-calls.ts";
import type { DeniedCall } from "./denied-call.ts";
import { deniedConnectCalls, deniedInDirect, deniedToRelay } from "./denied-connect-calls.ts";
import { deniedDataCalls } from "./denied-data-calls.ts";
import { deniedOtherCalls } from "./denied-other-calls.ts";
import { deniedReaperCalls } from "./denied-reaper-calls.ts";
import { deniedRelayCalls } from "./denied-relay-calls.ts";
import { deniedRevocationCalls, deniedRevocationInRelay } from "./denied-revocation-calls.ts";
import type { AwsCall } from "./evaluate-policy.ts";
import type { Deployment } from "./read-deployment.ts";
import type { RealTime } from "./synthesize.ts";

/** A row of the table, as a sentence and as the calls of the functions that it is about. */
export interface Denial {
  readonly sentence: string;
  callsIn(deployment: Deployment): readonly { readonly name: FunctionName; readonly call: AwsCall }[];
}

const inBothModes = [
  ...deniedConnectCalls,
  ...deniedDataCalls,
  ...deniedBucketCalls,
  ...deniedOtherCalls,
  ...deniedRevocationCalls,
  ...deniedReaperCalls,
];

/** The table of calls that must be denied, by mode. */
export const denials: Readonly<Record<RealTime, readonly Denial[]>> = {
  relay: [...inBothModes, ...deniedToRelay, ...deniedRelayCalls, ...deniedRevocationInRelay].map(toDenial),
  direct: [...inBothModes, ...deniedInDirect].map(toDenial),
};

const allBut = "every function but ";

function toDenial([who, action, on, because, context]: DeniedCall): Denial {
  const isMeant = (name: FunctionName) =>
    who === name ||
    who === "every function" ||
    (who.startsWith(allBut) && !who.slice(allBut.length).split(" and ").includes(name));
  return {
    sentence: `${who} ${action}: ${because}`,
    callsIn: (deployment) =>
      functionNames
        .filter((name) => isMeant(name) && deployment.names.includes(name))
        .map((name) => {
          const resource = typeof on === "string" ? on : on(deployment, name);
          return { name, call: { action, resource, ...(context && { context }) } };
        }),
  };
}
