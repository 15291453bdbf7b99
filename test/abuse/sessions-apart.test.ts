import { afterAll, beforeAll, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { sendMessage } from "../support/participant-operations.ts";
import { expectRefusal, invalid } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

type Chat = Awaited<ReturnType<typeof openChat>>;

let system: TestSystem;
let mallory: Chat;
let victim: Chat;

beforeAll(async () => {
  system = await startTestSystem({ RATE_LIMITS: generousLimits });
  mallory = await openChat(system);
  victim = await openChat(system);
  for (const Content of ["my card", "is 4111"]) {
    const body = { ContentType: "text/plain", Content };
    await send(system.url, sendMessage.path, { bearer: victim.connectionHandle, body });
  }
});

afterAll(async () => {
  await system.close();
});

const call = (chat: Chat, path: string, body: object) =>
  send(system.url, `/participant/${path}`, { bearer: chat.connectionHandle, body });

/** Starts an upload of the victim's; with the bytes where `uploaded` says so. */
async function startUpload(uploaded: boolean): Promise<string> {
  const { body } = await call(victim, "start-attachment-upload", {
    ContentType: "text/plain",
    AttachmentSizeInBytes: 6,
    AttachmentName: "secret.txt",
    ClientToken: crypto.randomUUID(),
  });
  const { AttachmentId, UploadMetadata } = body as unknown as Upload;
  if (uploaded) {
    const { Url, HeadersToInclude } = UploadMetadata;
    const put = await fetch(Url, { method: "PUT", headers: HeadersToInclude, body: "secret" });
    expect(put.status).toBe(200);
  }
  return AttachmentId;
}

interface TranscriptItem {
  readonly Attachments?: readonly { readonly AttachmentId: string }[];
}

interface Upload {
  readonly AttachmentId: string;
  readonly UploadMetadata: { readonly Url: string; readonly HeadersToInclude: Record<string, string> };
}

it("one chat's attachment is not another's to download", async () => {
  const AttachmentId = await startUpload(true);
  const complete = { AttachmentIds: [AttachmentId], ClientToken: "done" };
  expect((await call(victim, "complete-attachment-upload", complete)).status).toBe(200);
  await system.simulator.wake();
  const { body } = await call(victim, "transcript", {});
  const files = (body["Transcript"] as readonly TranscriptItem[]).flatMap(
    ({ Attachments = [] }) => Attachments,
  );
  const shown = { AttachmentId: files.at(-1)?.AttachmentId };
  const stolen = await call(mallory, "attachment", shown);
  const own = await call(victim, "attachment", shown);

  expectRefusal(stolen, invalid("RefusedByConnect"));
  expect(own).toMatchObject({ status: 200, body: { Url: expect.any(String) } });
});

it("one chat's upload is not another's to complete", async () => {
  const AttachmentIds = [await startUpload(true)];
  const foreign = await call(mallory, "complete-attachment-upload", { AttachmentIds, ClientToken: "mine" });
  const own = await call(victim, "complete-attachment-upload", { AttachmentIds, ClientToken: "mine" });

  expectRefusal(foreign, invalid("UnknownAttachment"));
  expect(own.status).toBe(200);
});

it("one chat's page token opens no page in another", async () => {
  const { body } = await call(victim, "transcript", { MaxResults: 1 });
  const { NextToken } = body;
  expect(NextToken).toEqual(expect.any(String));
  const stolen = await call(mallory, "transcript", { MaxResults: 1, NextToken });

  expectRefusal(stolen, invalid("RefusedByConnect"));
  expect(stolen.text).not.toContain("card");
  expect((await call(victim, "transcript", { MaxResults: 1, NextToken })).status).toBe(200);
});

it("another chat's contact id or item id shows nothing of it", async () => {
  const { body } = await call(victim, "transcript", {});
  const [item] = body["Transcript"] as { readonly Id: string }[];
  const byContact = await call(mallory, "transcript", { ContactId: victim.contactId });
  const byItem = await call(mallory, "transcript", { StartPosition: { Id: item?.Id } });

  expect(byContact.body).toEqual({ InitialContactId: mallory.contactId, Transcript: [] });
  expectRefusal(byItem, invalid("RefusedByConnect"));
});

it("the handle decides whose chat it is, not what the body says", async () => {
  const body = {
    ...sendMessage.body,
    ContactId: victim.contactId,
    InitialContactId: victim.contactId,
    ParticipantId: victim.participantId,
    ConnectionToken: victim.connectionHandle,
  };
  await call(mallory, "message", body);
  const contacts = await system.simulator.contacts();
  const messages = (contactId: string) =>
    contacts
      .find(({ ContactId }) => ContactId === contactId)
      ?.Transcript.filter(({ Type }) => Type === "MESSAGE");

  expect(messages(mallory.contactId)).toHaveLength(1);
  expect(messages(victim.contactId)).toHaveLength(2);
});

it("one chat's ClientToken takes no other chat's answer", async () => {
  const body = { ...sendMessage.body, ClientToken: "a token of both" };
  const first = await call(victim, "message", body);
  const second = await call(mallory, "message", body);

  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.body["Id"]).not.toBe(first.body["Id"]);
});

it("a handle glued from two chats opens neither", async () => {
  const [, secret = ""] = victim.connectionHandle.split(".");
  const [name = ""] = mallory.connectionHandle.split(".");
  const glued = await send(system.url, sendMessage.path, {
    bearer: `${name}.${secret}`,
    body: sendMessage.body,
  });

  expect(glued.status).toBe(403);
});
