import type { IncomingMessage } from "node:http";
import type { APIGatewayEventRequestContext, APIGatewayProxyEvent } from "aws-lambda";
import { commonLogTime } from "./common-log-time.ts";
import type { RouteMatch } from "./match-route.ts";
import { newOpaqueId } from "./opaque-id.ts";
import { parseQuery } from "./parse-query.ts";
import { lastValues, passedHeaders } from "./request-headers.ts";

/** A request the gateway has read and routed. */
export interface RoutedRequest {
  readonly request: IncomingMessage;
  /** Path as sent, without the query string. */
  readonly path: string;
  /** Query string as sent, without the question mark. */
  readonly query: string;
  readonly body: Buffer;
  readonly match: RouteMatch;
  readonly requestId: string;
  /** When it arrived, in milliseconds since the epoch. */
  readonly time: number;
}

/**
 * The event a REST API gives to a Lambda proxy integration (payload format 1.0), as it is behind a custom domain: no
 * stage in the path.
 */
export function toRestEvent(routed: RoutedRequest): APIGatewayProxyEvent {
  const { request, path, match } = routed;
  const multiValueHeaders = passedHeaders(request, routed.time);
  const multiValueQuery = parseQuery(routed.query);
  return {
    resource: match.resource,
    path,
    httpMethod: request.method ?? "",
    headers: lastValues(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: multiValueQuery && lastValues(multiValueQuery),
    multiValueQueryStringParameters: multiValueQuery,
    pathParameters: match.pathParameters,
    stageVariables: null,
    requestContext: requestContextOf(routed),
    ...encodeBody(routed.body),
  };
}

function requestContextOf({
  request,
  path,
  match,
  requestId,
  time,
}: RoutedRequest): APIGatewayEventRequestContext {
  const httpMethod = request.method ?? "";
  const domainName = request.headers.host ?? "";
  return {
    resourceId: "local",
    resourcePath: match.resource,
    httpMethod,
    extendedRequestId: newOpaqueId(),
    requestTime: commonLogTime(time),
    path,
    accountId: "000000000000",
    protocol: `HTTP/${request.httpVersion}`,
    stage: "local",
    domainPrefix: domainName.replace(/[.:].*$/, ""),
    requestTimeEpoch: time,
    requestId,
    identity: {
      accessKey: null,
      accountId: null,
      apiKey: null,
      apiKeyId: null,
      caller: null,
      clientCert: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.socket.remoteAddress ?? "",
      user: null,
      userAgent: request.headers["user-agent"] ?? null,
      userArn: null,
    },
    domainName,
    apiId: "local",
    authorizer: undefined,
  };
}

/**
 * Without binary media types a REST API passes text; bytes that are no UTF-8 would not survive that, so they go as
 * base64.
 */
function encodeBody(bytes: Buffer): Pick<APIGatewayProxyEvent, "body" | "isBase64Encoded"> {
  if (bytes.length === 0) {
    return { body: null, isBase64Encoded: false };
  }
  try {
    const body = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { body, isBase64Encoded: false };
  } catch {
    return { body: bytes.toString("base64"), isBase64Encoded: true };
  }
}
