import middy from "@middy/core";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { admitRequest } from "./middleware/admit-request.ts";
import { answer } from "./middleware/answer.ts";
import { answerErrors } from "./middleware/answer-errors.ts";
import { logRequest } from "./middleware/log-request.ts";
import { matchRoute } from "./middleware/match-route.ts";
import { readHandle } from "./middleware/read-handle.ts";
import { readInput } from "./middleware/read-input.ts";
import { requireOrigin } from "./middleware/require-origin.ts";
import { startDeadline } from "./middleware/start-deadline.ts";
import type { Registry } from "./operations/registry.ts";
import type { ApiFunctionName } from "./routes.ts";
import type { Services } from "./services.ts";
import { gatheringUpstreamCalls } from "./upstream-calls.ts";

/** A Lambda function behind API Gateway's REST proxy integration. */
export type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/**
 * The journey of a request, the same for every function. Each step reads what the ones before it left in the request's
 * context, adds one thing, or throws; errors travel back to answer-errors, and log-request sees what was answered.
 */
export function createHandler<Served extends Pick<Services, "clock" | "log" | "metrics" | "settings">>(
  functionName: ApiFunctionName,
  services: Served,
  operations: Registry<Served>,
): Handler {
  const journey = middy<APIGatewayProxyEvent, APIGatewayProxyResult>({ timeoutEarlyInMillis: 0 })
    .use(logRequest(services))
    .use(answerErrors())
    .use(matchRoute(functionName))
    .use(requireOrigin(services))
    .use(startDeadline(functionName))
    .use(readHandle())
    .use(readInput(operations))
    .use(admitRequest(services))
    .handler(async function runOperation(event, context) {
      const { admitted, call, signal } = context;
      const body =
        "answer" in admitted ? admitted.answer : await call.run(services, admitted.session, signal, event);
      return answer(body, context);
    });
  // Lambda calls it with a bare context; each step adds its part before the next one reads it.
  return (event, context) =>
    gatheringUpstreamCalls(
      () => journey(event, context as Parameters<typeof journey>[1]) as Promise<APIGatewayProxyResult>,
    );
}
