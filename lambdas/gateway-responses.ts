/** An error that API Gateway itself answers, before or instead of a function. */
export interface GatewayResponse {
  readonly status: number;
  /** AWS error type, sent as `x-amzn-ErrorType` and as `__type`, so that SDK clients raise a typed error. */
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/**
 * The gateway's own errors by API Gateway's response type, in the shape of the Participant Service. None is a 403: chat
 * clients read 403 as "the chat has ended". The CDK stack and the local gateway both read this table.
 */
export const gatewayResponses = {
  DEFAULT_4XX: {
    status: 400,
    type: "ValidationException",
    reason: "BadRequest",
    message: "The request could not be read.",
  },
  DEFAULT_5XX: {
    status: 503,
    type: "InternalServerException",
    reason: "Unavailable",
    message: "The service is unavailable for a moment. Try again.",
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 404,
    type: "UnknownOperationException",
    reason: "UnknownRoute",
    message: "There is no such operation.",
  },
  REQUEST_TOO_LARGE: {
    status: 400,
    type: "ValidationException",
    reason: "InputTooLarge",
    message: "The request body is too large.",
  },
  THROTTLED: {
    status: 429,
    type: "ThrottlingException",
    reason: "ServiceBusy",
    message: "Too many requests. Try again in a moment.",
  },
  QUOTA_EXCEEDED: {
    status: 429,
    type: "ThrottlingException",
    reason: "ServiceBusy",
    message: "Too many requests. Try again in a moment.",
  },
  WAF_FILTERED: {
    status: 429,
    type: "ThrottlingException",
    reason: "RateLimited",
    message: "Too many requests. Try again in a moment.",
  },
  INTEGRATION_TIMEOUT: {
    status: 503,
    type: "InternalServerException",
    reason: "Unavailable",
    message: "The service is unavailable for a moment. Try again.",
  },
  INTEGRATION_FAILURE: {
    status: 503,
    type: "InternalServerException",
    reason: "Unavailable",
    message: "The service is unavailable for a moment. Try again.",
  },
} as const satisfies Readonly<Record<string, GatewayResponse>>;
