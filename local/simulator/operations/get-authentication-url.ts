import { notSimulated } from "./not-simulated.ts";

/** GetAuthenticationUrl: no simulated flow authenticates a customer, so there is never a session to name. */
export const getAuthenticationUrl = notSimulated("GetAuthenticationUrl", "ValidationException");
