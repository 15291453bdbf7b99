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
          ...retryHeaders(error),
        },
        body: JSON.stringify({ __type: error.type, message: error.message, reason: error.reason }),
      };
    },
  };
}

/**
 * When to come again: in the whole seconds that HTTP knows, and as AWS's SDKs tell each other, in milliseconds. Those
 * for Python and Rust read nothing else (botocore's retries/standard.py, aws-runtime's retries/classifiers.rs).
 */
function retryHeaders({ retryAfterMs }: ChatError): Record<string, string> {
  if (retryAfterMs === undefined) return {};
  return {
    "Retry-After": String(Math.max(1, Math.ceil(retryAfterMs / 1_000))),
    "x-amz-retry-after": String(Math.ceil(retryAfterMs)),
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
