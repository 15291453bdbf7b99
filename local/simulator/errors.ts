/** Every error type the simulator answers, with its HTTP status (service models; wire errors of AWS's front ends). */
const statusOfType = {
  AccessDeniedException: 403,
  ConflictException: 409,
  ContactNotFoundException: 410,
  IncompleteSignatureException: 403,
  InternalServerException: 500,
  InternalServiceException: 500,
  InvalidParameterException: 400,
  InvalidRequestException: 400,
  InvalidSignatureException: 403,
  LimitExceededException: 429,
  MissingAuthenticationTokenException: 403,
  ResourceNotFoundException: 404,
  RequestEntityTooLargeException: 413,
  SerializationException: 400,
  ServiceQuotaExceededException: 402,
  ThrottlingException: 429,
  TooManyRequestsException: 429,
  UnknownOperationException: 404,
  ValidationException: 400,
} as const;

/** The name of an error as AWS writes it in `x-amzn-ErrorType`. */
export type ErrorType = keyof typeof statusOfType;

/** An error as one of the two services answers it. */
export class ServiceError extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: ErrorType, message: string) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = statusOfType[type];
  }
}

/** The one answer to any token that is missing, unknown, of the wrong kind, expired, or of an ended chat. */
export function accessDenied(): ServiceError {
  return new ServiceError("AccessDeniedException", "Access denied");
}
