import type { MethodDeploymentOptions } from "aws-cdk-lib/aws-apigateway";
import { type OperationName, routes } from "../lambdas/routes.ts";

/** A throttle of one API method: requests per second on average, and at once. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/**
 * About twice Amazon Connect's default quota of the operation behind it, which is the whole instance's: enough for the
 * functions to answer what Connect would refuse, too little for a flood to reach them. Best effort on API Gateway's side.
 */
export const operationThrottles: Readonly<Record<OperationName, Throttle>> = {
  health: { rate: 10, burst: 20 },
  "start-chat-contact": { rate: 10, burst: 16 },
  "create-participant-connection": { rate: 12, burst: 18 },
  "send-message": { rate: 20, burst: 30 },
  "send-event": { rate: 20, burst: 30 },
  "get-transcript": { rate: 16, burst: 24 },
  "disconnect-participant": { rate: 6, burst: 10 },
  "start-attachment-upload": { rate: 4, burst: 10 },
  "complete-attachment-upload": { rate: 4, burst: 10 },
  "get-attachment": { rate: 16, burst: 24 },
  "describe-view": { rate: 2, burst: 4 },
  "get-authentication-url": { rate: 2, burst: 4 },
  "cancel-participant-authentication": { rate: 2, burst: 4 },
};

/** Preflights reach no Amazon Connect, and a browser that is refused one tells its page nothing. */
export const preflightThrottle: Throttle = { rate: 100, burst: 200 };

/** The stage's method options: every method of the route table and its preflight. `factor` multiplies the operations' own. */
export function methodThrottles(factor: number): Record<string, MethodDeploymentOptions> {
  return Object.fromEntries(
    routes.flatMap(({ method, path, operation }) => [
      [`${path}/${method}`, toOptions(operationThrottles[operation], factor)],
      [`${path}/OPTIONS`, toOptions(preflightThrottle, Math.max(factor, 1))],
    ]),
  );
}

function toOptions({ rate, burst }: Throttle, factor: number): MethodDeploymentOptions {
  return {
    throttlingRateLimit: Math.max(rate * factor, 1),
    throttlingBurstLimit: Math.max(Math.round(burst * factor), 1),
  };
}
