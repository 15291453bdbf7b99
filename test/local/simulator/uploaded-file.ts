import {
  CompleteAttachmentUploadCommand,
  GetAttachmentCommand,
  StartAttachmentUploadCommand,
} from "@aws-sdk/client-connectparticipant";
import type { Simulated } from "./simulated-chat.ts";

/** Starts the upload of a text, by default a small .txt file. */
export async function startUpload(
  simulated: Simulated,
  ConnectionToken: string,
  {
    body = "hello",
    name = "note.txt",
    type = "text/plain",
    size = Buffer.byteLength(body),
    ClientToken = "",
  } = {},
) {
  const answer = await simulated.participant.send(
    new StartAttachmentUploadCommand({
      ConnectionToken,
      AttachmentName: name,
      ContentType: type,
      AttachmentSizeInBytes: size,
      ...(ClientToken && { ClientToken }),
    }),
  );
  return {
    id: answer.AttachmentId ?? "",
    url: answer.UploadMetadata?.Url ?? "",
    expiry: answer.UploadMetadata?.UrlExpiry ?? "",
    headers: answer.UploadMetadata?.HeadersToInclude ?? {},
  };
}

/** Puts a body where an upload URL points. */
export function put({ url, headers }: { url: string; headers: Record<string, string> }, body = "hello") {
  return fetch(url, { method: "PUT", headers, body });
}

/** Tells that an upload is complete. */
export function complete(simulated: Simulated, ConnectionToken: string, id: string, ClientToken?: string) {
  return simulated.participant.send(
    new CompleteAttachmentUploadCommand({
      ConnectionToken,
      AttachmentIds: [id],
      ...(ClientToken && { ClientToken }),
    }),
  );
}

/** Asks for a download URL. */
export function getAttachment(
  simulated: Simulated,
  ConnectionToken: string,
  AttachmentId: string,
  seconds?: number,
) {
  return simulated.participant.send(
    new GetAttachmentCommand({
      ConnectionToken,
      AttachmentId,
      ...(seconds !== undefined && { UrlExpiryInSeconds: seconds }),
    }),
  );
}
