import { ServiceError } from "../errors.ts";
import type { Fault } from "../faults.ts";
import type { LoggedRequest } from "../request-log.ts";
import { type Answer, jsonAnswer } from "./answer.ts";

type Service = LoggedRequest["service"];

const usualTypes: Readonly<Record<number, string>> = {
  400: "ValidationException",
  402: "ServiceQuotaExceededException",
  403: "AccessDeniedException",
  404: "ResourceNotFoundException",
  409: "ConflictException",
  429: "ThrottlingException",
};

const connectTypes: Readonly<Record<number, string>> = {
  400: "InvalidRequestException",
  410: "ContactNotFoundException",
  429: "TooManyRequestsException",
};

/** The answer to an error in a service's own shape; the type stands in the header. */
export function errorAnswer(
  service: Service,
  status: number,
  type: string,
  message: string,
  typeInBody: boolean,
): Answer {
  const body = service === "connect" ? { Message: message } : { message };
  const marked = typeInBody && service === "participant" ? { __type: type, ...body } : body;
  return jsonAnswer(status, marked, { "x-amzn-ErrorType": type });
}

/** The answer to anything thrown; what is no `ServiceError` is the simulator's own mistake and says so. */
export function answerToThrown(service: Service, thrown: unknown, typeInBody: boolean): Answer {
  if (thrown instanceof ServiceError) {
    return errorAnswer(service, thrown.status, thrown.type, thrown.message, typeInBody);
  }
  const type = service === "connect" ? "InternalServiceException" : "InternalServerException";
  return errorAnswer(service, 500, type, `The simulator failed: ${String(thrown)}`, typeInBody);
}

/** The answer a planned fault gives instead of acting. */
export function faultAnswer(
  service: Service,
  fault: Fault & { status: number },
  typeInBody: boolean,
): Answer {
  const unnamed = service === "connect" ? "InternalServiceException" : "InternalServerException";
  const usual = (service === "connect" && connectTypes[fault.status]) || usualTypes[fault.status] || unnamed;
  return errorAnswer(service, fault.status, fault.type ?? usual, "Simulated fault", typeInBody);
}
