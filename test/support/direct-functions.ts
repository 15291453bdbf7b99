import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createHandler } from "../../lambdas/chain.ts";
import type { Clock } from "../../lambdas/clock.ts";
import { attachmentOperations } from "../../lambdas/registries/attachments.ts";
import { chatOperations } from "../../lambdas/registries/chat.ts";
import { connectionOperations } from "../../lambdas/registries/connection.ts";
import { startOperations } from "../../lambdas/registries/start-chat.ts";
import { type ApiFunctionName, routes } from "../../lambdas/routes.ts";
import { createAttachmentServices, createServices } from "../../lambdas/services.ts";
import { loadRelayUrl } from "../../lambdas/settings.ts";
import { createStartServices } from "../../lambdas/start/start-services.ts";
import { lambdaContext } from "../../local/gateway/lambda-context.ts";
import { hasCanary, withoutDocumentedCredentials } from "./canary.ts";
import type { ApiAnswer } from "./chat.ts";
import type { TestSettings, TestSystem } from "./test-system.ts";

/** Parts of an event that a test chooses; the rest is that of an empty POST. */
export type EventParts = Partial<APIGatewayProxyEvent> & { readonly resource: string };

/**
 * Functions of a system under other settings, as another deployment of them on the same table would be, invoked with
 * events no HTTP client could cause.
 *
 * @returns what the event was answered, by a function that Lambda leaves `remainingMs` milliseconds. It throws when a
 * token of Connect's shows up in the answer or the log
 */
export function createDirectFunctions(
  {
    clock,
    logs,
    database,
  }: { readonly clock: Clock } & Pick<TestSystem, "logs"> & Partial<Pick<TestSystem, "database">>,
  settings: TestSettings = {},
): (event: EventParts, remainingMs?: number) => Promise<ApiAnswer> {
  const env = { ...process.env, ...settings };
  const substitutes = { clock, log: logs.push.bind(logs), ...(database && { database }) };
  const services = createServices(env, substitutes);
  const startServices = createStartServices(env, substitutes);
  const handlers = {
    "start-chat": createHandler("start-chat", startServices, startOperations),
    connection: createHandler(
      "connection",
      { ...services, relayUrl: loadRelayUrl(env) },
      connectionOperations,
    ),
    chat: createHandler("chat", services, chatOperations),
    attachments: createHandler(
      "attachments",
      createAttachmentServices(env, substitutes),
      attachmentOperations,
    ),
  };
  return async (parts, remainingMs = 10_000) => {
    const functionName = functionOf(parts.resource);
    const requestId = randomUUID();
    const now = () => Date.now();
    const context = lambdaContext({ functionName, requestId, deadline: now() + remainingMs, now });
    const result = await handlers[functionName]({ ...emptyPost(requestId), ...parts }, context);
    const headers = new Headers(result.headers as Record<string, string>);
    const seen = `${withoutDocumentedCredentials(result.body)}${JSON.stringify([result.headers, logs.at(-1)])}`;
    if (hasCanary(seen)) throw new Error("a token of Connect's showed up");
    const body = result.body === "" ? {} : (JSON.parse(result.body) as Record<string, unknown>);
    return { status: result.statusCode, headers, text: result.body, body };
  };
}

function functionOf(resource: string): ApiFunctionName {
  const route = routes.find(({ path }) => path === resource);
  if (route === undefined) throw new Error(`no route ${resource}`);
  return route.function;
}

/** An empty POST, as API Gateway hands it on. */
export function emptyPost(requestId: string): APIGatewayProxyEvent {
  return {
    resource: "",
    path: "",
    httpMethod: "POST",
    headers: {},
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      requestId,
      identity: { sourceIp: "203.0.113.7" },
    } as APIGatewayProxyEvent["requestContext"],
    body: null,
    isBase64Encoded: false,
  };
}
