import { ChatError, type ErrorType, unavailable } from "../errors.ts";

/** Our words for what the Participant Service refuses; its own may name what must not leave the server. */
const sentences: Readonly<Partial<Record<ErrorType, string>>> = {
  AccessDeniedException: "Access denied",
  ConflictException: "The request conflicts with the current state of the chat.",
  ServiceQuotaExceededException: "The chat has reached its limit of attachments.",
  ThrottlingException: "The service is busy. Try again in a moment.",
  ValidationException: "Amazon Connect refused the request as invalid.",
};

const reasons: Readonly<Partial<Record<ErrorType, string>>> = {
  AccessDeniedException: "AccessDenied",
  ThrottlingException: "ServiceBusy",
};

/** What the AWS SDK throws when the service answered an error. */
interface ServiceError extends Error {
  readonly $metadata: { readonly httpStatusCode?: number };
}

/**
 * What the Participant Service's failure means to a client: its typed refusals keep type and status, its 5xx stays a 500,
 * and anything else (no answer, half an answer, not an answer of the service) is the 503 answer. The SDK's error is the
 * cause, for the log.
 */
export function fromParticipantService(error: unknown): ChatError {
  if (!isServiceError(error)) return unavailable("no answer from the Participant Service", error);
  const type = error.name as ErrorType;
  const sentence = sentences[type];
  if (sentence !== undefined) {
    return new ChatError(type, reasons[type] ?? "RefusedByConnect", sentence, {
      detail: "refused by the Participant Service",
      cause: error,
      ...(type === "ThrottlingException" && { retryAfterMs: 1_000 }),
    });
  }
  return connectFailed(error);
}

/** The 500 for a failure inside Amazon Connect. */
export function connectFailed(cause: unknown): ChatError {
  return new ChatError("InternalServerException", "ConnectFailed", "Amazon Connect failed. Try again.", {
    detail: "Amazon Connect answered an error",
    cause,
  });
}

/**
 * Whether Connect itself answered 403: the token it was given no longer opens the chat, or the request asks for too
 * much.
 */
export function isUpstreamDenial(error: unknown): boolean {
  return error instanceof ChatError && error.type === "AccessDeniedException" && isServiceError(error.cause);
}

/**
 * Whether the same call may succeed in a moment: Connect throttled, failed, or gave no answer that is one. What it
 * refuses, for want of a right or of a resource, it will refuse again; too many chats at once is no matter of
 * moments.
 */
export function isPassing(error: unknown): error is ChatError {
  if (!(error instanceof ChatError)) return false;
  if (error.reason === "ServiceBusy") return true;
  const isRefusal = isServiceError(error.cause) && isClientError(error.cause);
  return error.status >= 500 && !isRefusal;
}

function isClientError({ $metadata: { httpStatusCode = 0 } }: ServiceError): boolean {
  return httpStatusCode >= 400 && httpStatusCode < 500;
}

/** Whether the AWS SDK threw because the service answered an error, and not for want of an answer. */
export function isServiceError(error: unknown): error is ServiceError {
  return (
    error instanceof Error &&
    "$fault" in error &&
    "$metadata" in error &&
    (error as ServiceError).$metadata.httpStatusCode !== undefined
  );
}
