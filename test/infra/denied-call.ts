import type { FunctionName } from "../../lambdas/routes.ts";
import type { CallContext } from "./evaluate-policy.ts";
import type { Deployment } from "./read-deployment.ts";

/** A call that no policy may allow: who, what, on which resource, why it must not be possible, and its condition keys. */
export type DeniedCall = readonly [
  who:
    | FunctionName
    | "every function"
    | `every function but ${FunctionName}`
    | "every function but relay and revoke",
  action: string,
  on: string | ((deployment: Deployment, name: FunctionName) => string),
  because: string,
  context?: CallContext,
];
