import { type ApiAnswer, send } from "./chat.ts";
import type { TestSystem } from "./test-system.ts";

/** A file as a visitor would send it. */
export interface SentFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** A chat as the helpers here need it. */
export interface UploadingChat {
  readonly contactId: string;
  readonly connectionHandle: string;
}

/** What StartAttachmentUpload answers. */
export interface StartedUpload {
  readonly AttachmentId: string;
  readonly UploadMetadata: {
    readonly Url: string;
    readonly UrlExpiry: string;
    readonly HeadersToInclude: Readonly<Record<string, string>>;
  };
}

/** A text file. */
export function textFile(content = "hello", name = "note.txt"): SentFile {
  return { name, contentType: "text/plain", bytes: Buffer.from(content) };
}

/** A text file that the policy refuses for its content. */
export const refusedFile = textFile("<!DOCTYPE html><html><script>alert(1)</script></html>");

/** Asks where to put a file. `claim` replaces members of the request. */
export function startUpload(
  { url }: Pick<TestSystem, "url">,
  bearer: string,
  { name, contentType, bytes }: SentFile = textFile(),
  claim: Readonly<Record<string, unknown>> = {},
): Promise<ApiAnswer> {
  const body = {
    AttachmentName: name,
    ContentType: contentType,
    AttachmentSizeInBytes: bytes.length,
    ClientToken: crypto.randomUUID(),
    ...claim,
  };
  return send(url, "/participant/start-attachment-upload", { bearer, body });
}

/** The answer of a start, as its type says. @throws when it was refused */
export function started({ status, body, text }: ApiAnswer): StartedUpload {
  if (status !== 200) throw new Error(`the upload did not start: ${status} ${text}`);
  return body as unknown as StartedUpload;
}

/** Puts bytes where a start said, and answers S3's status. */
export async function putFile({ UploadMetadata }: StartedUpload, bytes = textFile().bytes): Promise<number> {
  const response = await fetch(UploadMetadata.Url, {
    method: "PUT",
    headers: UploadMetadata.HeadersToInclude,
    body: new Uint8Array(bytes),
  });
  await response.arrayBuffer();
  return response.status;
}

/** Starts an upload and puts the bytes; answers our id. */
export async function putUpload(
  system: Pick<TestSystem, "url">,
  bearer: string,
  file = textFile(),
): Promise<string> {
  const upload = started(await startUpload(system, bearer, file));
  const status = await putFile(upload, file.bytes);
  if (status !== 200) throw new Error(`the bytes were not taken: ${status}`);
  return upload.AttachmentId;
}

/** Says that a file is there. */
export function completeUpload(
  { url }: Pick<TestSystem, "url">,
  bearer: string,
  attachmentId: string,
): Promise<ApiAnswer> {
  const body = { AttachmentIds: [attachmentId], ClientToken: crypto.randomUUID() };
  return send(url, "/participant/complete-attachment-upload", { bearer, body });
}

/** Ids, at Connect, of the files in a chat's transcript. */
export async function attachmentsAtConnect(system: TestSystem, contactId: string): Promise<string[]> {
  const contact = (await system.simulator.contacts()).find(({ ContactId }) => ContactId === contactId);
  const items = (contact?.Transcript ?? []) as readonly {
    readonly Attachments?: readonly { readonly AttachmentId: string }[];
  }[];
  return [...new Set(items.flatMap(({ Attachments = [] }) => Attachments.map((file) => file.AttachmentId)))];
}

/** A chat's quota as the table has it: files, their bytes, and how many are on their way. */
export async function quotaOf(system: TestSystem, contactId: string) {
  const { af = 0, ab = 0, ar } = (await system.readSession(contactId)) ?? {};
  return { files: af, bytes: ab, underWay: ar?.size ?? 0 };
}

/** Operations that reached Connect since its calls were forgotten, without those about tokens. */
export async function callsOnFiles({ simulator }: TestSystem): Promise<string[]> {
  const calls = await simulator.calls();
  return calls.map(({ operation }) => operation).filter((name) => name !== "CreateParticipantConnection");
}
