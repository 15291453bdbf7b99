import { cancelParticipantAuthentication } from "../operations/cancel-participant-authentication.ts";
import { completeAttachmentUpload } from "../operations/complete-attachment-upload.ts";
import { createParticipantConnection } from "../operations/create-participant-connection.ts";
import { describeView } from "../operations/describe-view.ts";
import { disconnectParticipant } from "../operations/disconnect-participant.ts";
import { getAttachment } from "../operations/get-attachment.ts";
import { getAuthenticationUrl } from "../operations/get-authentication-url.ts";
import { getTranscript } from "../operations/get-transcript.ts";
import type { ConnectOperation, ParticipantOperation } from "../operations/operation.ts";
import { sendEvent } from "../operations/send-event.ts";
import { sendMessage } from "../operations/send-message.ts";
import { startAttachmentUpload } from "../operations/start-attachment-upload.ts";
import { startChatContact } from "../operations/start-chat-contact.ts";
import { startContactStreaming } from "../operations/start-contact-streaming.ts";
import { stopContact } from "../operations/stop-contact.ts";
import { stopContactStreaming } from "../operations/stop-contact-streaming.ts";

type Operation = ParticipantOperation | ConnectOperation;

/** Method, path and operation of both services (service models connectparticipant-2018-09-07, connect-2017-08-08). */
const routes: readonly [method: string, path: string, operation: Operation][] = [
  ["POST", "/participant/connection", createParticipantConnection],
  ["POST", "/participant/message", sendMessage],
  ["POST", "/participant/event", sendEvent],
  ["POST", "/participant/transcript", getTranscript],
  ["POST", "/participant/start-attachment-upload", startAttachmentUpload],
  ["POST", "/participant/complete-attachment-upload", completeAttachmentUpload],
  ["POST", "/participant/attachment", getAttachment],
  ["POST", "/participant/disconnect", disconnectParticipant],
  ["GET", "/participant/views/*", describeView],
  ["POST", "/participant/authentication-url", getAuthenticationUrl],
  ["POST", "/participant/cancel-authentication", cancelParticipantAuthentication],
  ["PUT", "/contact/chat", startChatContact],
  ["POST", "/contact/stop", stopContact],
  ["POST", "/contact/start-streaming", startContactStreaming],
  ["POST", "/contact/stop-streaming", stopContactStreaming],
];

/** The operation behind a method and a path; a path's `*` stands for one segment. */
export function findOperation(method: string, path: string): Operation | undefined {
  const shape = path.replace(/^(\/participant\/views)\/[^/]+$/, "$1/*");
  return routes.find(([routeMethod, routePath]) => routeMethod === method && routePath === shape)?.[2];
}
