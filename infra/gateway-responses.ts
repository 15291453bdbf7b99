import { ResponseType, type RestApi } from "aws-cdk-lib/aws-apigateway";
import { type GatewayResponse, gatewayResponses } from "../lambdas/gateway-responses.ts";
import { responseHeaders } from "../lambdas/response-headers.ts";

/**
 * Headers of an error that the gateway or the web ACL answers: those of the functions, for any origin, because neither can
 * choose among origins. Without Content-Security-Policy, whose quotes a header mapping of API Gateway has no way to hold.
 */
export function gatewayHeaders({ status, type }: GatewayResponse): Record<string, string> {
  const { "Content-Security-Policy": _, ...headers } = responseHeaders("*");
  return {
    ...headers,
    "x-amzn-ErrorType": type,
    ...((status === 429 || status === 503) && { "Retry-After": "1" }),
  };
}

/** Body of such an error, in the shape of the Participant Service. */
export function gatewayBody({ type, message, reason }: GatewayResponse): string {
  return JSON.stringify({ __type: type, message, reason });
}

/** Gives the API's own errors the shape that chat clients understand. */
export function addGatewayResponses(api: RestApi): void {
  for (const [name, response] of Object.entries(gatewayResponses)) {
    api.addGatewayResponse(name, {
      type: ResponseType.of(name),
      statusCode: String(response.status),
      responseHeaders: Object.fromEntries(
        Object.entries(gatewayHeaders(response)).map(([header, value]) => [header, `'${value}'`]),
      ),
      templates: { "application/json": gatewayBody(response) },
    });
  }
}
