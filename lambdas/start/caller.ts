import type { APIGatewayProxyEvent } from "aws-lambda";
import { requestHeader } from "../request-header.ts";

/** Who sent a request, as far as the gateway tells. */
export interface Caller {
  /** The address that the connection came from; never what a header says of it. */
  readonly address: string;
  /** The Authorization header; undefined without one, or with several that differ. */
  readonly authorization: string | undefined;
}

/** Reads it from a request. */
export function callerOf(event: APIGatewayProxyEvent): Caller {
  const authorization = requestHeader(event, "authorization");
  return {
    address: event.requestContext.identity.sourceIp,
    authorization: authorization === "ambiguous" ? undefined : authorization?.value,
  };
}
