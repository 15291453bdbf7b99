import { AccessLogField, AccessLogFormat } from "aws-cdk-lib/aws-apigateway";

/**
 * One JSON object per request. No query string or body, no header but the two ids that a caller may choose
 * (`requestId` and `trace`), and the path's template in the place of the path. `extendedRequestId` is the gateway's
 * own, and in the functions' lines too. `ip` is personal data; the log group's retention ends it.
 */
export function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      extendedRequestId: AccessLogField.contextExtendedRequestId(),
      time: AccessLogField.contextRequestTime(),
      ip: AccessLogField.contextIdentitySourceIp(),
      method: AccessLogField.contextHttpMethod(),
      route: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      responseBytes: AccessLogField.contextResponseLength(),
      milliseconds: AccessLogField.contextResponseLatency(),
      functionMilliseconds: AccessLogField.contextIntegrationLatency(),
      functionStatus: AccessLogField.contextIntegrationStatus(),
      gatewayError: AccessLogField.contextErrorResponseType(),
      wafStatus: AccessLogField.contextWafStatus(),
      trace: AccessLogField.contextXrayTraceId(),
    }),
  );
}

/**
 * The same for sockets: one JSON object per opening, frame and closing. No query string, which holds the ticket, and
 * no frame. The names are those of API Gateway's guide, "Configure logging for WebSocket APIs".
 */
export function socketLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: "$context.requestId",
      extendedRequestId: "$context.extendedRequestId",
      time: "$context.requestTime",
      ip: "$context.identity.sourceIp",
      event: "$context.eventType",
      route: "$context.routeKey",
      connection: "$context.connectionId",
      connectedAt: "$context.connectedAt",
      status: "$context.status",
      functionMilliseconds: "$context.integrationLatency",
      functionStatus: "$context.integrationStatus",
    }),
  );
}
