import { expect, it } from "vitest";
import { connectChat, errorOf, type Simulated, simulate } from "../simulated-chat.ts";
import { complete, getAttachment, put, startUpload } from "../uploaded-file.ts";

async function chatWithFile(simulated: Simulated) {
  const chat = await connectChat(simulated);
  const upload = await startUpload(simulated, chat.ConnectionToken);
  await put(upload);
  await complete(simulated, chat.ConnectionToken, upload.id);
  return { ...chat, upload };
}

it("answers a URL that downloads the file with its type and name", async () => {
  const simulated = await simulate();
  const { ConnectionToken, upload } = await chatWithFile(simulated);
  const answer = await getAttachment(simulated, ConnectionToken, upload.id);
  expect(answer.AttachmentSizeInBytes).toBe(5);
  const file = await fetch(answer.Url ?? "");
  expect(await file.text()).toBe("hello");
  expect(file.headers.get("content-type")).toBe("text/plain");
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="note.txt"');
});

it("lets the URL live as long as asked, from 5 to 300 seconds", async () => {
  const simulated = await simulate();
  const { ConnectionToken, upload } = await chatWithFile(simulated);
  const { Url = "", UrlExpiry = "" } = await getAttachment(simulated, ConnectionToken, upload.id, 5);
  expect(Date.parse(UrlExpiry)).toBeLessThanOrEqual(Date.now() + 5000);
  expect((await fetch(Url)).status).toBe(200);
  await simulated.control("PUT", "clock", { offsetSeconds: 5 });
  const expired = await fetch(Url);
  expect([expired.status, await expired.text()]).toEqual([
    403,
    expect.stringContaining("Request has expired"),
  ]);
  for (const seconds of [4, 301]) {
    expect(await errorOf(getAttachment(simulated, ConnectionToken, upload.id, seconds))).toMatchObject({
      status: 400,
    });
  }
});

it("serves what was scanned, whatever is uploaded afterwards", async () => {
  const simulated = await simulate();
  const { ConnectionToken, upload } = await chatWithFile(simulated);
  expect((await put(upload, "HELLO")).status).toBe(200);
  const { Url = "" } = await getAttachment(simulated, ConnectionToken, upload.id);
  expect(await (await fetch(Url)).text()).toBe("hello");
});

it("gives files of the agent, too", async () => {
  const simulated = await simulate();
  const { ConnectionToken, contactId } = await connectChat(simulated);
  await simulated.control("POST", `contacts/${contactId}/agent`, { action: "join" });
  const { AttachmentId } = await simulated.control("POST", `contacts/${contactId}/agent`, {
    action: "attachment",
    content: {
      name: "é.pdf",
      contentType: "application/pdf",
      base64: Buffer.from("%PDF-").toString("base64"),
    },
  });
  const { Url = "" } = await getAttachment(simulated, ConnectionToken, AttachmentId);
  expect(await (await fetch(Url)).text()).toBe("%PDF-");
});

it("knows nothing of another chat, and nothing after the end", async () => {
  const simulated = await simulate();
  const { ConnectionToken, contactId, upload } = await chatWithFile(simulated);
  const other = await connectChat(simulated);
  const unknown = { name: "ValidationException", status: 400 };
  expect(await errorOf(getAttachment(simulated, other.ConnectionToken, upload.id))).toMatchObject(unknown);
  await simulated.control("POST", `contacts/${contactId}/agent`, { action: "end" });
  const denied = { name: "AccessDeniedException", status: 403 };
  expect(await errorOf(getAttachment(simulated, ConnectionToken, upload.id))).toMatchObject(denied);
});
