import type { APIGatewayProxyEvent, Context, ScheduledEvent, SNSEvent } from "aws-lambda";
import type { FunctionName } from "../../lambdas/routes.ts";
import type { GatewayClock } from "./clock.ts";
import { lambdaContext } from "./lambda-context.ts";
import type { SocketEvent } from "./sockets/socket-event.ts";

/**
 * An event one of our functions is invoked with: of the REST API, of the WebSocket API, of the topic or of the
 * schedule.
 */
export type LambdaEvent = APIGatewayProxyEvent | SocketEvent | SNSEvent | ScheduledEvent;

/**
 * Runs a function: in the local run in another thread, in a test on the spot. Whoever needs only some functions and
 * their kind of event says so. The result is the function's own, checked by nobody yet.
 */
export type Invoke<Name extends FunctionName = FunctionName, Event extends LambdaEvent = LambdaEvent> = (
  functionName: Name,
  event: Event,
  context: Context,
) => Promise<unknown>;

/** How long a function may take, in seconds, by the gateway and by Lambda. */
export interface InvocationTimeouts {
  /** Left out where nobody waits for the result, as in asynchronous invocations. */
  readonly gateway?: number;
  readonly lambda: number;
}

/** What {@link invokeInTime} is to run. */
export interface TimedInvocation<Name extends FunctionName, Event extends LambdaEvent> {
  readonly functionName: Name;
  readonly event: Event;
  /** The context's `awsRequestId`. */
  readonly requestId: string;
  readonly timeouts: InvocationTimeouts;
}

/** How an invocation ended: `late` where the gateway gave up, `failed` where the function threw or Lambda stopped it. */
export type Outcome =
  | { readonly kind: "answered"; readonly result: unknown }
  | { readonly kind: "failed" | "late"; readonly error: unknown };

/** Invokes a function and waits for it no longer than Lambda and the gateway would. Never rejects. */
export async function invokeInTime<Name extends FunctionName, Event extends LambdaEvent>(
  invoke: Invoke<Name, Event>,
  { functionName, event, requestId, timeouts }: TimedInvocation<Name, Event>,
  clock: GatewayClock,
): Promise<Outcome> {
  const timers = new AbortController();
  const context = lambdaContext({
    functionName,
    requestId,
    deadline: clock.now() + timeouts.lambda * 1000,
    now: () => clock.now(),
  });
  const giveUp = async (seconds: number, kind: "failed" | "late"): Promise<Outcome> => {
    await clock.sleep(seconds * 1000, timers.signal);
    return { kind, error: new Error(`${functionName} gave no answer within ${seconds} seconds.`) };
  };
  try {
    return await Promise.race([
      outcomeOf(() => invoke(functionName, event, context)),
      giveUp(timeouts.lambda, "failed"),
      ...(timeouts.gateway === undefined ? [] : [giveUp(timeouts.gateway, "late")]),
    ]);
  } finally {
    timers.abort();
  }
}

async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { kind: "answered", result: await run() };
  } catch (error) {
    return { kind: "failed", error };
  }
}
