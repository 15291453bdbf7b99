import { notSimulated } from "./not-simulated.ts";

/** CancelParticipantAuthentication: no simulated flow authenticates a customer, so there is nothing to cancel. */
export const cancelParticipantAuthentication = notSimulated(
  "CancelParticipantAuthentication",
  "ValidationException",
);
