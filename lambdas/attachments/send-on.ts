import {
  CompleteAttachmentUploadCommand,
  StartAttachmentUploadCommand,
} from "@aws-sdk/client-connectparticipant";
import { answeredFields } from "../connect/answered-fields.ts";
import { ChatError, unavailable } from "../errors.ts";
import type { AttachmentServices } from "../services.ts";
import { withConnectionToken } from "../sessions/connection-token.ts";
import type { Session } from "../sessions/session.ts";
import { putBytes } from "./put-bytes.ts";
import type { Upload, UploadKey } from "./upload-store.ts";

/** An upload with its bytes; without them where they are at Connect already. */
export interface InspectedUpload {
  readonly upload: Upload;
  readonly bytes: Buffer | undefined;
}

/**
 * Hands a file that was inspected to Connect: starts the upload there, puts the bytes, completes it. Every step is
 * recorded, and one that was recorded is not done again; the ClientTokens are the upload's own, so that a step whose
 * record was lost is repeated without effect.
 *
 * @throws {ChatError} what Connect refuses, or 503 when it does not come to an end within the deadline
 */
export async function sendOn(
  services: AttachmentServices,
  session: Session,
  key: UploadKey,
  { upload, bytes }: InspectedUpload,
  signal: AbortSignal,
): Promise<void> {
  const upstreamId = bytes === undefined ? (upload.upstreamId ?? "") : await put(bytes);
  await complete(upstreamId).catch((error: unknown) => {
    if (!isConflict(error)) throw error;
  });

  /** An expired URL cannot be reused: the next one has a ClientToken of its own. */
  async function put(body: Buffer, attempt = upload.attempt ?? 1): Promise<string> {
    const { AttachmentId, UploadMetadata } = await start(attempt);
    await services.uploads.record(key, { upstreamId: AttachmentId, attempt });
    const status = await putBytes(UploadMetadata, body, signal);
    if (status === 403 && attempt === (upload.attempt ?? 1)) return put(body, attempt + 1);
    if (status !== 200) throw unavailable(`Connect's file store answered ${status}`);
    await services.uploads.record(key, { isPut: true });
    return AttachmentId;
  }

  async function start(attempt: number) {
    const answer = await withConnectionToken(services, session, signal, (ConnectionToken) =>
      services.participant.sendPatiently(
        new StartAttachmentUploadCommand({
          ContentType: upload.contentType,
          AttachmentSizeInBytes: upload.bytes,
          AttachmentName: upload.name,
          ClientToken: `${key.attachmentId}-${attempt}`,
          ConnectionToken,
        }),
        signal,
      ),
    );
    return answeredFields(answer, "AttachmentId", "UploadMetadata");
  }

  async function complete(AttachmentId: string): Promise<void> {
    await withConnectionToken(services, session, signal, (ConnectionToken) =>
      services.participant.sendPatiently(
        new CompleteAttachmentUploadCommand({
          AttachmentIds: [AttachmentId],
          ClientToken: key.attachmentId,
          ConnectionToken,
        }),
        signal,
      ),
    );
  }
}

/** Connect was asked before, by a try whose answer was lost. */
function isConflict(error: unknown): boolean {
  return error instanceof ChatError && error.type === "ConflictException";
}
