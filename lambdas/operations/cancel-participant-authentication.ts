import { notSupported } from "./not-supported.ts";

/** CancelParticipantAuthentication, the sign-in inside a chat: not supported. */
export const cancelParticipantAuthentication = notSupported("CancelParticipantAuthentication");
