import type { Input } from "../client.ts";
import { answered, type ContractCase, call, conflict, invalid, overQuota, story } from "../contract-case.ts";
import type { ContractChat } from "../contract-chat.ts";

const start = "StartAttachmentUpload";
const complete = "CompleteAttachmentUpload";
const get = "GetAttachment";

const bytes = Buffer.from("Grüße aus der Datei\n");
const file: Input = {
  AttachmentName: "note.txt",
  ContentType: "text/plain",
  AttachmentSizeInBytes: bytes.length,
};

/** What Connect's scanner rejects. */
const eicar = Buffer.from("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

interface Upload {
  readonly AttachmentId: string;
  readonly UploadMetadata: { readonly Url: string; readonly HeadersToInclude: Record<string, string> };
}

/** Starts an upload and sends the bytes to where it says; answers its id. */
export async function upload(chat: ContractChat, body = bytes): Promise<string> {
  const started = await chat.get(start, { ...file, AttachmentSizeInBytes: body.length });
  const { AttachmentId, UploadMetadata } = started as unknown as Upload;
  const { Url, HeadersToInclude } = UploadMetadata;
  const { status } = await fetch(Url, {
    method: "PUT",
    headers: HeadersToInclude,
    body: new Uint8Array(body),
  });
  if (status !== 200) throw new Error(`the upload was answered ${status}`);
  return AttachmentId;
}

/** Answers the id by which the chat knows the file; that of the upload is good for completing it. */
async function uploadCompletely(chat: ContractChat, body = bytes): Promise<string> {
  await chat.get(complete, { AttachmentIds: [await upload(chat, body)] });
  const { Transcript } = await chat.get("GetTranscript");
  const items = Transcript as readonly {
    readonly Attachments?: readonly { readonly AttachmentId: string }[];
  }[];
  return items.flatMap(({ Attachments = [] }) => Attachments).at(-1)?.AttachmentId ?? "";
}

/** A case of GetAttachment on an approved file. */
function download(title: string, input: Input, expected: unknown, proxied?: unknown): ContractCase {
  const prepared = async (chat: ContractChat) => ({ AttachmentId: await uploadCompletely(chat), ...input });
  return call(get, title, prepared, expected, {
    ...("UrlExpiryInSeconds" in input && { needs: "UrlExpiryInSeconds" }),
    ...(proxied !== undefined && { difference: { name: "download URL life", expected: proxied } }),
  });
}

/** GetAttachment comes 10 seconds after the start; the URL lives so many seconds from then on. */
const livingFor = (seconds: number) => answered({ Url: "<Url 1>", UrlExpiry: `start + ${10 + seconds} s` });

export const attachmentCases: readonly ContractCase[] = [
  call(
    start,
    "tells where and how to upload",
    file,
    answered({
      AttachmentId: "<id 1>",
      UploadMetadata: {
        UrlExpiry: "start + 64 s",
        HeadersToInclude: {
          "Content-Type": "text/plain",
          "Content-Length": "22",
          "Content-Disposition": 'attachment; filename="note.txt"',
        },
      },
    }),
    {
      difference: {
        name: "quarantine",
        expected: answered({
          AttachmentId: "<id 1>",
          UploadMetadata: {
            UrlExpiry: "start + 124 s",
            HeadersToInclude: { "Content-Type": "text/plain", "Content-Length": "22" },
          },
        }),
      },
    },
  ),
  story(
    get,
    "gives the bytes back that were uploaded and approved",
    async (chat) => {
      const id = await uploadCompletely(chat);
      const answer = await chat.get(get, { AttachmentId: id });
      const downloaded = await fetch(String(answer["Url"]));
      const body = Buffer.from(await downloaded.arrayBuffer());
      const { Transcript } = await chat.get("GetTranscript");
      return { same: body.equals(bytes), Transcript };
    },
    {
      same: true,
      Transcript: [
        {
          Type: "ATTACHMENT",
          Attachments: [{ AttachmentName: "note.txt", ContentType: "text/plain", Status: "APPROVED" }],
        },
      ],
    },
  ),
  call(start, "takes the longest name", { ...file, AttachmentName: `${"a".repeat(252)}.txt` }, answered(), {
    difference: { name: "quarantine", expected: invalid },
  }),
  call(start, "refuses a longer name", { ...file, AttachmentName: `${"a".repeat(253)}.txt` }, invalid),
  call(start, "refuses an empty name", { ...file, AttachmentName: "" }, invalid),
  call(start, "refuses a missing name", { ...file, AttachmentName: undefined }, invalid),
  call(start, "refuses a missing ContentType", { ...file, ContentType: undefined }, invalid),
  call(start, "refuses a ContentType too long", { ...file, ContentType: "a".repeat(256) }, invalid),
  call(
    start,
    "refuses a file of no supported type",
    { ...file, AttachmentName: "run.exe", ContentType: "application/x-msdownload" },
    invalid,
  ),
  call(start, "refuses an empty file", { ...file, AttachmentSizeInBytes: 0 }, invalid),
  call(start, "refuses a missing size", { ...file, AttachmentSizeInBytes: undefined }, invalid),
  call(start, "refuses a file too large", { ...file, AttachmentSizeInBytes: 20 * 1024 * 1024 + 1 }, invalid),
  call(start, "takes the largest file", { ...file, AttachmentSizeInBytes: 20 * 1024 * 1024 }, answered(), {
    difference: {
      name: "quarantine",
      expected: answered({ UploadMetadata: { UrlExpiry: "start + 124 s" } }),
    },
  }),
  call(start, "refuses a ClientToken too long", { ...file, ClientToken: "a".repeat(501) }, invalid),
  call(start, "refuses an empty ClientToken", { ...file, ClientToken: "" }, invalid, { needs: "" }),
  story(
    start,
    "starts once what carries the same ClientToken",
    async (chat) => [
      await chat.call(start, { ...file, ClientToken: "one" }),
      await chat.call(start, { ...file, ClientToken: "one" }),
      await chat.call(start, { ...file, ClientToken: "two" }),
    ],
    [answered({ AttachmentId: "<id 1>" }), answered({ AttachmentId: "<id 1>" }), answered()],
    {
      difference: {
        name: "quarantine",
        expected: [answered({ AttachmentId: "<id 1>" }), answered({ AttachmentId: "<id 1>" }), answered()],
      },
    },
  ),
  story(
    start,
    "refuses more attachments than a chat may have",
    async (chat) => {
      await chat.control("PUT", "switches", { attachmentsPerChat: 1 });
      return [await chat.call(start, file), await chat.call(start, file)];
    },
    [answered(), overQuota],
    { difference: { name: "quarantine", expected: [answered(), answered()] } },
  ),
  story(
    complete,
    "answers the same again with the same ClientToken, and a conflict with another",
    async (chat) => {
      const AttachmentIds = [await upload(chat)];
      return [
        await chat.call(complete, { AttachmentIds, ClientToken: "one" }),
        await chat.call(complete, { AttachmentIds, ClientToken: "one" }),
        await chat.call(complete, { AttachmentIds, ClientToken: "two" }),
      ];
    },
    [{ output: {} }, { output: {} }, conflict],
    { difference: { name: "completed again", expected: [{ output: {} }, { output: {} }, { output: {} }] } },
  ),
  story(
    complete,
    "refuses what was not uploaded",
    async (chat) => {
      const { AttachmentId } = await chat.get(start, file);
      return chat.call(complete, { AttachmentIds: [AttachmentId] });
    },
    invalid,
  ),
  call(complete, "refuses an attachment it does not know", { AttachmentIds: ["unknown"] }, invalid),
  call(complete, "refuses no attachments", { AttachmentIds: [] }, invalid),
  call(complete, "refuses two attachments", { AttachmentIds: ["a", "b"] }, invalid),
  call(complete, "refuses missing attachments", {}, invalid),
  call(
    complete,
    "refuses a ClientToken too long",
    { AttachmentIds: ["a"], ClientToken: "a".repeat(501) },
    invalid,
  ),
  download("answers a URL", {}, livingFor(300), livingFor(60)),
  download("takes the shortest life", { UrlExpiryInSeconds: 5 }, livingFor(5)),
  download("takes a life of a minute", { UrlExpiryInSeconds: 60 }, livingFor(60)),
  download("takes the longest life", { UrlExpiryInSeconds: 300 }, livingFor(300), livingFor(60)),
  download("refuses a shorter life", { UrlExpiryInSeconds: 4 }, invalid),
  download("refuses a longer life", { UrlExpiryInSeconds: 301 }, invalid),
  call(
    get,
    "tells the size",
    async (chat) => ({ AttachmentId: await uploadCompletely(chat), UrlExpiryInSeconds: 60 }),
    answered({ AttachmentSizeInBytes: bytes.length }),
    { needs: "AttachmentSizeInBytes of GetAttachment" },
  ),
  call(get, "refuses an attachment it does not know", { AttachmentId: "unknown" }, invalid),
  call(get, "refuses an empty AttachmentId", { AttachmentId: "" }, invalid),
  call(get, "refuses an AttachmentId too long", { AttachmentId: "a".repeat(257) }, invalid),
  call(get, "refuses a missing AttachmentId", {}, invalid),
  call(
    get,
    "refuses a file that was not approved",
    async (chat) => ({ AttachmentId: await uploadCompletely(chat, eicar) }),
    invalid,
  ),
];
