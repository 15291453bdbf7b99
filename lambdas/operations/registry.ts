import type { OperationName } from "../routes.ts";
import type { AttachmentServices, ConnectionServices, Services, StartServices } from "../services.ts";
import { cancelParticipantAuthentication } from "./cancel-participant-authentication.ts";
import { completeAttachmentUpload } from "./complete-attachment-upload.ts";
import { createParticipantConnection } from "./create-participant-connection.ts";
import { describeView } from "./describe-view.ts";
import { disconnectParticipant } from "./disconnect-participant.ts";
import { getAttachment } from "./get-attachment.ts";
import { getAuthenticationUrl } from "./get-authentication-url.ts";
import { getTranscript } from "./get-transcript.ts";
import { health } from "./health.ts";
import type { Operation } from "./operation.ts";
import { sendEvent } from "./send-event.ts";
import { sendMessage } from "./send-message.ts";
import { startAttachmentUpload } from "./start-attachment-upload.ts";
import { startChatContact } from "./start-chat-contact.ts";

/** Operations by the name the route table gives them; those of one bundle, so that no bundle carries another's code. */
export type Registry<Served> = Readonly<Partial<Record<OperationName, Operation<Served>>>>;

/** Of `connection`. */
export const connectionOperations: Registry<ConnectionServices> = {
  "create-participant-connection": createParticipantConnection,
};

/** Of `chat`. */
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

/** Of `attachments`. */
export const attachmentOperations: Registry<AttachmentServices> = {
  "start-attachment-upload": startAttachmentUpload,
  "complete-attachment-upload": completeAttachmentUpload,
  "get-attachment": getAttachment,
};

/** Of `start-chat`. */
export const startOperations: Registry<StartServices> = { "start-chat-contact": startChatContact };
