import type { APIGatewayProxyEvent } from "aws-lambda";

/** A POST as API Gateway hands it to a function, as JSON. */
export function postEvent(path: string, body: object, bearer?: string): string {
  const event: Partial<APIGatewayProxyEvent> = {
    resource: path,
    path,
    httpMethod: "POST",
    headers: { ...(bearer !== undefined && { "x-amz-bearer": bearer }) },
    multiValueHeaders: {},
    body: JSON.stringify(body),
    requestContext: {
      requestId: crypto.randomUUID(),
      identity: { sourceIp: "203.0.113.7" },
    } as APIGatewayProxyEvent["requestContext"],
  };
  return JSON.stringify(event);
}
