import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEvent, Context } from "aws-lambda";
import type { Handler } from "../../../lambdas/chain.ts";
import { postEvent } from "../post-event.ts";

/** A POST of the API. */
export interface Post {
  readonly path: string;
  readonly body: object;
  readonly bearer?: string;
}

const context = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 10_000 } as Context;

/** The request as API Gateway hands it to a function. */
export function toEvent({ path, body, bearer }: Post): APIGatewayProxyEvent {
  return JSON.parse(postEvent(path, body, bearer)) as APIGatewayProxyEvent;
}

/** Invokes a function. @throws unless it answers 200 */
export async function invoke(handler: Handler, event: APIGatewayProxyEvent): Promise<void> {
  const { statusCode, body } = await handler(event, context);
  if (statusCode !== 200) throw new Error(`${event.path}: ${statusCode} ${body}`);
}

/** Asks the API at `url`. @returns the body @throws unless it answers 200 */
export async function callUrl(url: string, { path, body, bearer }: Post): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: bearer === undefined ? {} : { "x-amz-bearer": bearer },
    body: JSON.stringify(body),
  });
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
