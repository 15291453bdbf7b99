import { afterAll, beforeAll, expect, it } from "vitest";
import { openChat } from "../support/chat.ts";
import { expectRefusal, invalid } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { completeUpload, putUpload, startUpload, textFile } from "../support/upload.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ ATTACHMENT_POLICY: '{"rename":true}' });
});

afterAll(async () => {
  await system.close();
});

it("shows agents the repaired name where the policy renames", async () => {
  const { connectionHandle: bearer, contactId } = await openChat(system);
  const file = textFile("hello", "my\u202e/photo.exe.txt");
  expect((await completeUpload(system, bearer, await putUpload(system, bearer, file))).status).toBe(200);
  const contact = (await system.simulator.contacts()).find(({ ContactId }) => ContactId === contactId);
  const names = JSON.stringify(contact?.Transcript).match(/"AttachmentName":"[^"]*"/g) ?? [];

  expect(new Set(names).size).toBe(1);
  expect(names[0]).toMatch(/^"AttachmentName":"[\w -]+\.txt"$/);
});

it("still refuses a type that is off, whatever the name", async () => {
  const { connectionHandle: bearer } = await openChat(system);
  const file = textFile("hello", "a\u202etxt.exe");

  expectRefusal(await startUpload(system, bearer, file), invalid("AttachmentTypeRefused"));
});
