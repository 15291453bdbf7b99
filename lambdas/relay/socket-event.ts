import type { APIGatewayProxyEvent } from "aws-lambda";

/**
 * What API Gateway tells of a socket (developer guide, "Set up a WebSocket API integration request"): that somebody
 * wants to open it, what was said on it, or that it is gone. Only `$connect` has headers and a query string.
 */
export interface SocketEvent
  extends Partial<Pick<APIGatewayProxyEvent, "headers" | "multiValueHeaders" | "queryStringParameters">> {
  readonly requestContext: {
    /** Not `routeKey`, which a client can choose in its message. */
    readonly eventType: "CONNECT" | "MESSAGE" | "DISCONNECT";
    readonly connectionId: string;
  };
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/** What API Gateway makes of it: a socket is opened on 200 alone; other routes' answers reach nobody. */
export interface SocketResult {
  readonly statusCode: number;
}
