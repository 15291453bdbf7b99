import { send } from "../support/chat.ts";

/** Starts an upload and puts a text of so many megabytes into our bucket. @returns the AttachmentId to complete it with */
export async function putFile(url: string, bearer: string, megabytes: number): Promise<string> {
  const body = Buffer.alloc(megabytes * 1024 * 1024, "The quick brown fox jumps over the lazy dog.\n");
  const started = await send(url, "/participant/start-attachment-upload", {
    bearer,
    body: {
      AttachmentName: "notes.txt",
      ContentType: "text/plain",
      AttachmentSizeInBytes: body.length,
      ClientToken: crypto.randomUUID(),
    },
  });
  const { AttachmentId, UploadMetadata } = started.body as {
    AttachmentId: string;
    UploadMetadata: { Url: string; HeadersToInclude: Record<string, string> };
  };
  const { Url, HeadersToInclude } = UploadMetadata;
  const { status } = await fetch(Url, { method: "PUT", headers: HeadersToInclude, body });
  if (status !== 200) throw new Error(`the upload was answered ${status}`);
  return AttachmentId;
}
