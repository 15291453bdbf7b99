import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import type { FunctionName } from "../../lambdas/routes.ts";
import type { GatewayClock } from "./clock.ts";
import { lambdaContext } from "./lambda-context.ts";

/** Runs a function: in the local run in another thread, in a test on the spot. */
export type Invoke = (
  functionName: FunctionName,
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/** How long a function may take, in seconds, by the gateway and by Lambda. */
export interface InvocationTimeouts {
  readonly gateway: number;
  readonly lambda: number;
}

/** How an invocation ended: `late` where the gateway gave up, `failed` where the function threw or Lambda stopped it. */
export type Outcome =
  | { readonly kind: "answered"; readonly result: unknown }
  | { readonly kind: "failed" | "late"; readonly error: unknown };

/** Invokes a function and waits for it no longer than Lambda and the gateway would. Never rejects. */
export async function invokeInTime(
  invoke: Invoke,
  functionName: FunctionName,
  event: APIGatewayProxyEvent,
  timeouts: InvocationTimeouts,
  clock: GatewayClock,
): Promise<Outcome> {
  const timers = new AbortController();
  const context = lambdaContext({
    functionName,
    requestId: event.requestContext.requestId,
    deadline: clock.now() + timeouts.lambda * 1000,
    now: () => clock.now(),
  });
  const giveUp = async (seconds: number, kind: "failed" | "late"): Promise<Outcome> => {
    await clock.sleep(seconds * 1000, timers.signal);
    return { kind, error: new Error(`${functionName} gave no answer within ${seconds} seconds.`) };
  };
  try {
    return await Promise.race([
      run(invoke, functionName, event, context),
      giveUp(timeouts.lambda, "failed"),
      giveUp(timeouts.gateway, "late"),
    ]);
  } finally {
    timers.abort();
  }
}

async function run(
  invoke: Invoke,
  functionName: FunctionName,
  event: APIGatewayProxyEvent,
  context: Context,
): Promise<Outcome> {
  try {
    return { kind: "answered", result: await invoke(functionName, event, context) };
  } catch (error) {
    return { kind: "failed", error };
  }
}
