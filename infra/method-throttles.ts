import type { MethodDeploymentOptions } from "aws-cdk-lib/aws-apigateway";
import { type OperationName, routes } from "../lambdas/routes.ts";

/** A throttle of one API method: requests per second on average, and at once. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** Of an operation that needs a handle: nine times what the web ACL lets one address send (33 a second). */
const handled: Throttle = { rate: 300, burst: 600 };

/**
 * A method's throttle is shared by everybody, and spent before a handle is looked at: a low one would let one address
 * lock all others out (docs/decisions/0008). So it only bounds what a flood can cost; Connect's quotas are kept by
 * the limits of each session. A start needs no handle: there it is twice Connect's own quota, unless visitors sign
 * in, and those who did not are refused before Connect is asked. Best effort on API Gateway's side.
 */
export const operationThrottles: Readonly<Record<OperationName, Throttle>> = {
  health: { rate: 10, burst: 20 },
  "start-chat-contact": { rate: 10, burst: 16 },
  "create-participant-connection": handled,
  "send-message": handled,
  "send-event": handled,
  "get-transcript": handled,
  "disconnect-participant": handled,
  "start-attachment-upload": handled,
  "complete-attachment-upload": handled,
  "get-attachment": handled,
  "describe-view": { rate: 2, burst: 4 },
  "get-authentication-url": { rate: 2, burst: 4 },
  "cancel-participant-authentication": { rate: 2, burst: 4 },
};

/** Preflights reach no Amazon Connect, and a browser that is refused one tells its page nothing. */
export const preflightThrottle: Throttle = { rate: 500, burst: 1_000 };

/**
 * The stage's method options: every method of the route table and its preflight.
 *
 * @param factor multiplies the operations' own
 * @param signIn whether a start needs a sign-in, as other operations need a handle
 */
export function methodThrottles(factor: number, signIn: boolean): Record<string, MethodDeploymentOptions> {
  const throttles = { ...operationThrottles, ...(signIn && { "start-chat-contact": handled }) };
  return Object.fromEntries(
    routes.flatMap(({ method, path, operation }) => [
      [`${path}/${method}`, toOptions(throttles[operation], factor)],
      [`${path}/OPTIONS`, toOptions(preflightThrottle, Math.max(factor, 1))],
    ]),
  );
}

function toOptions(throttle: Throttle, factor: number): MethodDeploymentOptions {
  const { rate, burst } = scaled(throttle, factor);
  return { throttlingRateLimit: rate, throttlingBurstLimit: burst };
}

/** What an account has for all its APIs by default (API Gateway guide, "Quotas"): more would be no throttle. */
const ofAccount: Throttle = { rate: 10_000, burst: 5_000 };

/** A throttle times a factor, at least one request and at most what an account has. */
export function scaled({ rate, burst }: Throttle, factor: number): Throttle {
  return {
    rate: Math.min(Math.max(rate * factor, 1), ofAccount.rate),
    burst: Math.min(Math.max(Math.round(burst * factor), 1), ofAccount.burst),
  };
}
