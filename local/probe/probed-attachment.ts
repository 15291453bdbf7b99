import {
  CompleteAttachmentUploadCommand,
  GetAttachmentCommand,
  StartAttachmentUploadCommand,
} from "@aws-sdk/client-connectparticipant";
import type { ProbeSocket } from "./probe-socket.ts";
import type { ProbedChat } from "./probed-chat.ts";
import type { QuestionContext } from "./question-context.ts";

/** An upload that was started. */
export interface StartedUpload {
  readonly attachmentId: string;
  readonly url: string;
  /** As the service writes it. */
  readonly urlExpiry: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Longest wait for the scanner's verdict, in milliseconds (AWS: within 60 seconds). */
const scannedWithinMs = 75_000;

const text = "A file of the connect-chat-bff probe.\n";

/** Starts the upload of a text file that claims `size` bytes. */
export async function startUpload(
  { probing }: QuestionContext,
  chat: ProbedChat,
  size: number = text.length,
): Promise<StartedUpload> {
  const { AttachmentId, UploadMetadata } = await probing.connect.call(
    new StartAttachmentUploadCommand({
      ConnectionToken: chat.token,
      AttachmentName: "probe.txt",
      ContentType: "text/plain",
      AttachmentSizeInBytes: size,
    }),
  );
  return {
    attachmentId: AttachmentId ?? "",
    url: UploadMetadata?.Url ?? "",
    urlExpiry: UploadMetadata?.UrlExpiry ?? "",
    headers: UploadMetadata?.HeadersToInclude ?? {},
  };
}

/** Tells the service that an upload is complete. */
export function completeUpload({ probing }: QuestionContext, chat: ProbedChat, attachmentId: string) {
  return probing.connect.call(
    new CompleteAttachmentUploadCommand({ ConnectionToken: chat.token, AttachmentIds: [attachmentId] }),
  );
}

/** Asks for a download URL, of the service's own choice of life unless `seconds` is given. */
export function askForDownload(
  { probing }: QuestionContext,
  chat: ProbedChat,
  attachmentId: string,
  seconds?: number,
) {
  return probing.connect.call(
    new GetAttachmentCommand({
      ConnectionToken: chat.token,
      AttachmentId: attachmentId,
      ...(seconds !== undefined && { UrlExpiryInSeconds: seconds }),
    }),
  );
}

/**
 * Uploads a small text file and waits until the scanner has approved it.
 *
 * @returns the file, and the milliseconds from CompleteAttachmentUpload to the verdict on the customer's socket
 * @throws Error if the storage refuses it, or no approval comes
 */
export async function uploadFile(context: QuestionContext, chat: ProbedChat, socket: ProbeSocket) {
  const upload = await startUpload(context, chat);
  const response = await fetch(upload.url, {
    method: "PUT",
    headers: { ...upload.headers },
    body: text,
    signal: context.probing.signal,
  });
  if (!response.ok) throw new Error(`The upload URL answered the PUT with ${response.status}.`);
  await completeUpload(context, chat, upload.attachmentId);
  const completedAt = context.now();
  const verdict = await socket.itemWithin(scannedWithinMs, ({ Attachments }) =>
    (Attachments ?? []).some(
      ({ AttachmentId, Status }) => AttachmentId === upload.attachmentId && Status !== "IN_PROGRESS",
    ),
  );
  const status = verdict?.item.Attachments?.[0]?.Status ?? "not to be seen on the socket";
  if (!verdict || status !== "APPROVED") throw new Error(`The uploaded file is ${status}.`);
  return { ...upload, scanMs: Math.max(0, verdict.at - completedAt) };
}
