import type { APIGatewayProxyEvent } from "aws-lambda";
import { requestHeader } from "./request-header.ts";

/** What joins the line of a request to the lines of others, as far as it can be trusted to be no more than an id. */
export interface RequestIds {
  readonly gatewayRequestId: string | undefined;
  readonly extendedRequestId: string | undefined;
  readonly invocationId: string | undefined;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** As API Gateway forms them: `JKJaXmPLvHcESHA=`. */
const extendedId = /^[A-Za-z0-9_-]{8,64}={0,2}$/;

/** Reads the ids of a request. A client chooses two of them, so what is not of the form is left out, and never repeated. */
export function requestIdsOf(
  event: Pick<APIGatewayProxyEvent, "headers" | "multiValueHeaders" | "requestContext">,
): RequestIds {
  const { requestId, extendedRequestId } = event.requestContext;
  const header = requestHeader(event, "amz-sdk-invocation-id");
  return {
    gatewayRequestId: matching(requestId, uuid),
    extendedRequestId: matching(extendedRequestId, extendedId),
    invocationId: matching(header === "ambiguous" ? undefined : header?.value, uuid),
  };
}

function matching(id: string | undefined, form: RegExp): string | undefined {
  return id !== undefined && form.test(id) ? id : undefined;
}
