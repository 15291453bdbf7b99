import type { APIGatewayProxyResult } from "aws-lambda";
import { responseHeaders } from "../response-headers.ts";
import type { FromOrigin } from "./step.ts";

/** An operation's answer as HTTP: 200 and its JSON. */
export function answer(body: object, { origin }: Partial<FromOrigin>): APIGatewayProxyResult {
  return {
    statusCode: 200,
    headers: { ...responseHeaders(origin), "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
}
