import { cancelParticipantAuthentication } from "../operations/cancel-participant-authentication.ts";
import { describeView } from "../operations/describe-view.ts";
import { disconnectParticipant } from "../operations/disconnect-participant.ts";
import { getAuthenticationUrl } from "../operations/get-authentication-url.ts";
import { getTranscript } from "../operations/get-transcript.ts";
import { health } from "../operations/health.ts";
import type { Registry } from "../operations/registry.ts";
import { sendEvent } from "../operations/send-event.ts";
import { sendMessage } from "../operations/send-message.ts";
import type { Services } from "../services.ts";

/** The operations of `chat`. */
export const chatOperations: Registry<Services> = {
  health,
  "send-message": sendMessage,
  "send-event": sendEvent,
  "get-transcript": getTranscript,
  "disconnect-participant": disconnectParticipant,
  "describe-view": describeView,
  "get-authentication-url": getAuthenticationUrl,
  "cancel-participant-authentication": cancelParticipantAuthentication,
};
