import { accessDenied, ChatError } from "../errors.ts";
import { responseHeaders } from "../response-headers.ts";
import { SealBrokenError } from "../sessions/sealing.ts";
import type { FromOrigin, Step } from "./step.ts";

/**
 * The only place where an error becomes HTTP: the Participant Service's shape, its type in the header and in the body (a
 * browser may not see the header, and gateways may rename it), our reason code beside it.
 */
export function answerErrors(): Step<Partial<FromOrigin>> {
  return {
    onError: function renderError(request) {
      const error = toChatError(request.error);
      request.error = error;
      request.response = {
        statusCode: error.status,
        headers: {
          ...responseHeaders(request.context.origin),
          "Content-Type": "application/json",
          "x-amzn-ErrorType": error.type,
          ...(error.status === 401 && { "WWW-Authenticate": "Bearer" }),
          ...(error.retryAfterSeconds !== undefined && { "Retry-After": String(error.retryAfterSeconds) }),
        },
        body: JSON.stringify({ __type: error.type, message: error.message, reason: error.reason }),
      };
    },
  };
}

function toChatError(error: unknown): ChatError {
  if (error instanceof ChatError) return error;
  if (error instanceof SealBrokenError) return accessDenied("a seal is broken", error);
  return new ChatError("InternalServerException", "InternalFailure", "Something went wrong. Try again.", {
    detail: "unexpected",
    cause: error,
  });
}
