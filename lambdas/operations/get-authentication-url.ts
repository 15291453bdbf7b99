import { notSupported } from "./not-supported.ts";

/** GetAuthenticationUrl, the sign-in inside a chat: not supported. */
export const getAuthenticationUrl = notSupported("GetAuthenticationUrl");
