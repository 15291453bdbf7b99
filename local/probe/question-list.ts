import type { Question } from "./question.ts";
import { absentType } from "./questions/absent-type.ts";
import { attachmentInProgressItem } from "./questions/attachment-in-progress-item.ts";
import { attachmentScanMs } from "./questions/attachment-scan-ms.ts";
import { attachmentsPerChat } from "./questions/attachments-per-chat.ts";
import { completeBeforeUpload } from "./questions/complete-before-upload.ts";
import { connectWithinSeconds } from "./questions/connect-within-seconds.ts";
import { connectionTokenSeconds } from "./questions/connection-token-seconds.ts";
import { contentLimits } from "./questions/content-limits.ts";
import { downloadUrlSeconds } from "./questions/download-url-seconds.ts";
import { endOfTranscript } from "./questions/end-of-transcript.ts";
import { errorHeaderThroughApi } from "./questions/error-header-through-api.ts";
import { errorTypeHeader } from "./questions/error-type-header.ts";
import { maxAttachmentBytes } from "./questions/max-attachment-bytes.ts";
import { maxResultsZero } from "./questions/max-results-zero.ts";
import { messageBeforeConnection } from "./questions/message-before-connection.ts";
import { ownEvents } from "./questions/own-events.ts";
import { receiptForUnknownMessage } from "./questions/receipt-for-unknown-message.ts";
import { repeatWithOtherContent } from "./questions/repeat-with-other-content.ts";
import { sendMessageIdempotency } from "./questions/send-message-idempotency.ts";
import { sendMessageQuota } from "./questions/send-message-quota.ts";
import { socketAfterEnd } from "./questions/socket-after-end.ts";
import { socketOverLimit } from "./questions/socket-over-limit.ts";
import { socketUrlEnforced } from "./questions/socket-url-enforced.ts";
import { socketUrlSeconds } from "./questions/socket-url-seconds.ts";
import { socketsPerParticipant } from "./questions/sockets-per-participant.ts";
import { startChatIdempotency } from "./questions/start-chat-idempotency.ts";
import { startPositionInclusive } from "./questions/start-position-inclusive.ts";
import { stopUnknownContact } from "./questions/stop-unknown-contact.ts";
import { streamedItems } from "./questions/streamed-items.ts";
import { twoStartPositions } from "./questions/two-start-positions.ts";
import { typeInBody } from "./questions/type-in-body.ts";
import { unknownAttachment } from "./questions/unknown-attachment.ts";
import { unknownStartPosition } from "./questions/unknown-start-position.ts";
import { uploadUrlSeconds } from "./questions/upload-url-seconds.ts";

/** Everything the probe asks, in this order: quick ones first, those that wait for a window of time last. */
export const questions: readonly Question[] = [
  absentType,
  connectionTokenSeconds,
  socketUrlSeconds,
  messageBeforeConnection,
  socketsPerParticipant,
  socketOverLimit,
  socketAfterEnd,
  errorTypeHeader,
  typeInBody,
  errorHeaderThroughApi,
  contentLimits,
  repeatWithOtherContent,
  ownEvents,
  receiptForUnknownMessage,
  streamedItems,
  startPositionInclusive,
  unknownStartPosition,
  twoStartPositions,
  maxResultsZero,
  endOfTranscript,
  uploadUrlSeconds,
  downloadUrlSeconds,
  attachmentScanMs,
  attachmentInProgressItem,
  maxAttachmentBytes,
  attachmentsPerChat,
  completeBeforeUpload,
  unknownAttachment,
  stopUnknownContact,
  sendMessageQuota,
  socketUrlEnforced,
  sendMessageIdempotency,
  startChatIdempotency,
  connectWithinSeconds,
];
