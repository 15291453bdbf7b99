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

/** Invokes a function as API Gateway would. @throws unless it answers 200 */
export async function callHandler(handler: Handler, { path, body, bearer }: Post): Promise<void> {
  const event = JSON.parse(postEvent(path, body, bearer)) as APIGatewayProxyEvent;
  const { statusCode, body: text } = await handler(event, context);
  if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${text}`);
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
