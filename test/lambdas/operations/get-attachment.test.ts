import { afterAll, beforeAll, expect, it } from "vitest";
import { openChat, send } from "../../support/chat.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";
import { attachmentsAtConnect, completeUpload, putUpload } from "../../support/upload.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

function get(bearer: string, AttachmentId: string) {
  return send(system.url, "/participant/attachment", {
    bearer,
    body: { AttachmentId, UrlExpiryInSeconds: 300 },
  });
}

it("hands out a download URL that lives a minute at most, whatever is asked for", async () => {
  const { connectionHandle, contactId } = await openChat(system);
  await completeUpload(system, connectionHandle, await putUpload(system, connectionHandle));
  const [id = ""] = await attachmentsAtConnect(system, contactId);
  const answer = await get(connectionHandle, id);

  expect(answer.body).toMatchObject({ AttachmentSizeInBytes: 5, UrlExpiry: "2026-01-05T09:01:00.000Z" });
  expect(await (await fetch(String(answer.body["Url"]))).text()).toBe("hello");
});

it("takes the id in the transcript, and not the one an upload was started with", async () => {
  const { connectionHandle } = await openChat(system);
  const ours = await putUpload(system, connectionHandle);
  await completeUpload(system, connectionHandle, ours);
  const answer = await get(connectionHandle, ours);

  expect([answer.status, answer.body["reason"]]).toEqual([400, "RefusedByConnect"]);
});
