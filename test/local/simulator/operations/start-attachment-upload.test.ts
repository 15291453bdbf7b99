import { expect, it } from "vitest";
import { errorOf, simulate, startChat } from "../simulated-chat.ts";
import { startUpload } from "../uploaded-file.ts";

it("answers a pre-signed URL and the headers that Connect asks for", async () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const simulated = await simulate({ clock: { now: () => now } });
  const { ConnectionToken, contactId } = await startChat(simulated);
  const upload = await startUpload(simulated, ConnectionToken, { name: 'a "ü".txt' });
  expect(upload.url).toMatch(new RegExp(`^${simulated.url}/s3/.*X-Amz-Algorithm=AWS4-HMAC-SHA256`));
  expect(upload.url.length).toBeLessThanOrEqual(2000);
  expect(upload.expiry).toBe("2026-01-01T00:01:00.000Z");
  expect(upload.headers).toEqual({
    "Content-Type": "text/plain",
    "Content-Length": "5",
    "Content-Disposition": 'attachment; filename="a %22%C3%BC%22.txt"',
    "x-amz-acl": expect.any(String),
    "x-amz-meta-account_id": expect.any(String),
    "x-amz-meta-organization_id": "SIM-CANARY-instance",
    "x-amz-meta-contact_id": contactId,
    "x-amz-meta-initial_contact_id": contactId,
  });
});

it("answers the same upload for the same ClientToken", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const first = await startUpload(simulated, ConnectionToken, { ClientToken: "t" });
  expect(await startUpload(simulated, ConnectionToken, { ClientToken: "t" })).toEqual(first);
});

it("refuses sizes and types that Connect does not take", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const refusal = { name: "ValidationException", status: 400 };
  const max = 20 * 1024 * 1024;
  await startUpload(simulated, ConnectionToken, { size: max });
  for (const claim of [
    { size: max + 1 },
    { size: 0 },
    { name: "run.exe" },
    { name: "noextension" },
    { name: "page.txt", type: "text/html" },
    { name: "x".repeat(257) },
  ]) {
    expect(await errorOf(startUpload(simulated, ConnectionToken, claim))).toMatchObject(refusal);
  }
});

it("answers ServiceQuotaExceededException beyond 35 attachments per chat", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  for (let count = 0; count < 35; count++) await startUpload(simulated, ConnectionToken);
  const refusal = { name: "ServiceQuotaExceededException", status: 402 };
  expect(await errorOf(startUpload(simulated, ConnectionToken))).toMatchObject(refusal);
});
