/** AWS error types the API answers: the Participant Service's own, and AWS's name for a path that does not exist. */
export type ErrorType =
  | "AccessDeniedException"
  | "ConflictException"
  | "InternalServerException"
  | "ServiceQuotaExceededException"
  | "ThrottlingException"
  | "UnauthorizedException"
  | "UnknownOperationException"
  | "ValidationException";

/**
 * HTTP status of each error type in the service model (2018-09-07); UnknownOperationException and
 * UnauthorizedException as AWS gateways answer them.
 */
const statusOf: Readonly<Record<ErrorType, number>> = {
  AccessDeniedException: 403,
  ConflictException: 409,
  InternalServerException: 500,
  ServiceQuotaExceededException: 402,
  ThrottlingException: 429,
  UnauthorizedException: 401,
  UnknownOperationException: 404,
  ValidationException: 400,
};

/** Parts of a {@link ChatError} beyond its type, reason and public sentence. */
export interface ChatErrorOptions {
  /** HTTP status, where it is not the type's own. */
  readonly status?: number;
  /** When to come again, in milliseconds. */
  readonly retryAfterMs?: number;
  /** For the log alone: never a token, a secret, or a visitor's words. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/**
 * The one error of this project: everything a client may see (AWS type, status, stable reason code, public sentence)
 * and what only the log may (detail, cause). middleware/answer-errors.ts alone turns it into HTTP.
 */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly type: ErrorType;
  readonly status: number;
  /** Our stable code, sent as `reason` in the body: what a program switches on, where AWS's type is too coarse. */
  readonly reason: string;
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;

  constructor(type: ErrorType, reason: string, publicMessage: string, options: ChatErrorOptions = {}) {
    super(publicMessage, { cause: options.cause });
    this.type = type;
    this.status = options.status ?? statusOf[type];
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
    this.detail = options.detail;
  }
}

/**
 * The one answer to every handle that opens nothing: missing, malformed, unknown, wrong, expired, revoked. Always the
 * same words, so that it tells an attacker nothing; 403 is Connect's own answer, which clients read as "the chat is over".
 *
 * @param detail which of these it was, for the log
 */
export function accessDenied(detail: string, cause?: unknown): ChatError {
  return new ChatError("AccessDeniedException", "AccessDenied", "Access denied", { detail, cause });
}

/** A 400 that names what was wrong with the request; `message` must never repeat the value that was sent. */
export function invalid(reason: string, message: string): ChatError {
  return new ChatError("ValidationException", reason, message);
}

/**
 * The 503 answer: something this service needs did not work, and nothing was let through. SDK clients retry it.
 *
 * @param detail what it was, for the log
 */
export function unavailable(detail: string, cause?: unknown): ChatError {
  return new ChatError(
    "InternalServerException",
    "Unavailable",
    "The service is unavailable for a moment. Try again.",
    { status: 503, retryAfterMs: 1_000, detail, cause },
  );
}

/** What stands behind an error, for the log: the cause of one of ours, where there is any; else the error itself. */
export function causeOf(error: unknown): unknown {
  return error instanceof ChatError ? (error.cause ?? error) : error;
}
