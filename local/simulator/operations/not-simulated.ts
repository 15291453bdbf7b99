import type { ErrorType } from "../errors.ts";
import { ServiceError } from "../errors.ts";
import type { ParticipantOperation } from "./operation.ts";

/** An operation that exists, judges its token, and then honestly says that it does nothing here. */
export function notSimulated(name: string, type: ErrorType): ParticipantOperation {
  return {
    service: "participant",
    name,
    bearer: "connection",
    idempotent: false,
    run() {
      throw new ServiceError(type, `${name} is not simulated`);
    },
  };
}
