import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { type ApiFunctionName, functionTimeouts } from "../../lambdas/routes.ts";
import { type GatewayResponseName, sendGatewayResponse, sendResult } from "./answers.ts";
import { type GatewayClock, machineClock } from "./clock.ts";
import { type InvocationTimeouts, type Invoke, invokeInTime, type Outcome } from "./invoke-in-time.ts";
import { matchRoute } from "./match-route.ts";
import { readBody } from "./read-body.ts";
import { type RoutedRequest, toRestEvent } from "./rest-event.ts";

/** What a gateway is made of. */
export interface GatewayOptions {
  readonly invoke: Invoke<ApiFunctionName, APIGatewayProxyEvent>;
  /** Default: the machine's clock. */
  readonly clock?: GatewayClock;
  /** Default: those of the route table. */
  readonly timeouts?: Readonly<Record<ApiFunctionName, InvocationTimeouts>>;
  /** Told why the gateway made a 5xx of its own, which no client can see. Default: nobody is told. */
  readonly onFailure?: (functionName: ApiFunctionName, error: unknown) => void;
}

/**
 * API Gateway's REST API as a listener of an HTTP server: turns each request into a proxy event for the function of
 * its route, and the result into an answer. It serves the route table and nothing else, so whoever wants another path
 * on the same port looks at the request first.
 */
export function createGateway(options: GatewayOptions): RequestListener {
  const { invoke, clock = machineClock, timeouts = functionTimeouts, onFailure } = options;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    const time = clock.now();
    const refuse = (name: GatewayResponseName) => sendGatewayResponse(response, requestId, name);
    const body = await readBody(request);
    const routed = route(request, body);
    if (typeof routed === "string") {
      return refuse(routed);
    }
    const event = toRestEvent({ ...routed, request, requestId, time });
    const name = routed.match.function;
    const invocation = { functionName: name, event, requestId, timeouts: timeouts[name] };
    const outcome = await invokeInTime(invoke, invocation, clock);
    try {
      sendResult(response, requestId, resultOf(outcome));
    } catch (error) {
      onFailure?.(name, error);
      refuse(outcome.kind === "late" ? "INTEGRATION_TIMEOUT" : "DEFAULT_5XX");
    }
  }

  return (request, response) => {
    answer(request, response).catch(() => response.destroy());
  };
}

function route(
  { method = "", url = "" }: IncomingMessage,
  body: Buffer | "too-large",
): Pick<RoutedRequest, "path" | "query" | "match" | "body"> | GatewayResponseName {
  const [path = "", ...query] = url.split("?");
  try {
    const match = matchRoute(method, path);
    if (match === undefined) {
      return "MISSING_AUTHENTICATION_TOKEN";
    }
    return body === "too-large" ? "REQUEST_TOO_LARGE" : { path, query: query.join("?"), match, body };
  } catch {
    return "DEFAULT_4XX";
  }
}

function resultOf(outcome: Outcome): unknown {
  if (outcome.kind === "answered") {
    return outcome.result;
  }
  throw outcome.error;
}
