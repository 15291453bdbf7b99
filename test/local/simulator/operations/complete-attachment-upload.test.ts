import { expect, it } from "vitest";
import { connectChat, errorOf, simulate, startChat } from "../simulated-chat.ts";
import { complete, getAttachment, put, startUpload } from "../uploaded-file.ts";

const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

it("scans what was uploaded and shows the file on the sockets, under one Id", async () => {
  const simulated = await simulate();
  const { ConnectionToken, participantId, socket } = await connectChat(simulated);
  const upload = await startUpload(simulated, ConnectionToken);
  expect((await put(upload)).status).toBe(200);
  await complete(simulated, ConnectionToken, upload.id);
  const approved = await socket.item(({ Attachments }) => Attachments?.[0]?.Status === "APPROVED");
  const scanning = await socket.item(({ Attachments }) => Attachments?.[0]?.Status === "IN_PROGRESS");
  expect(scanning.Id).toBe(approved.Id);
  expect(approved).toMatchObject({
    Type: "ATTACHMENT",
    ParticipantId: participantId,
    Attachments: [
      { ContentType: "text/plain", AttachmentId: upload.id, AttachmentName: "note.txt", Status: "APPROVED" },
    ],
  });
  expect(approved).not.toHaveProperty("ContentType");
  expect(approved).not.toHaveProperty("Content");
});

it("takes its time, where it is switched so, and can keep quiet meanwhile", async () => {
  const simulated = await simulate({
    switches: { attachmentScanMs: 60_000, attachmentInProgressItem: false },
  });
  const { ConnectionToken, socket } = await connectChat(simulated);
  const upload = await startUpload(simulated, ConnectionToken);
  await put(upload);
  await complete(simulated, ConnectionToken, upload.id);
  expect(await errorOf(getAttachment(simulated, ConnectionToken, upload.id))).toMatchObject({ status: 400 });
  await simulated.control("PUT", "clock", { offsetSeconds: 61 });
  await socket.settled();
  expect(socket.items().flatMap(({ Attachments = [] }) => Attachments.map(({ Status }) => Status))).toEqual([
    "APPROVED",
  ]);
});

it("rejects the EICAR test file", async () => {
  const simulated = await simulate();
  const { ConnectionToken, socket } = await connectChat(simulated);
  const upload = await startUpload(simulated, ConnectionToken, { body: eicar });
  await put(upload, eicar);
  await complete(simulated, ConnectionToken, upload.id);
  await socket.item(({ Attachments }) => Attachments?.[0]?.Status === "REJECTED");
  expect(await errorOf(getAttachment(simulated, ConnectionToken, upload.id))).toMatchObject({ status: 400 });
});

it("answers a conflict the second time, and the first answer for the same ClientToken", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const upload = await startUpload(simulated, ConnectionToken);
  await put(upload);
  const results = await Promise.all(
    ["a", "b"].map((token) => errorOf(complete(simulated, ConnectionToken, upload.id, token))),
  );
  expect(results.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(results.map(({ name }) => name)).toContain("ConflictException");
  await complete(simulated, ConnectionToken, upload.id, results[0]?.status === 200 ? "a" : "b");
});

it("refuses what was not uploaded, is unknown, or is of another chat", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const other = await startChat(simulated);
  const upload = await startUpload(simulated, ConnectionToken);
  const refusal = { name: "ValidationException", status: 400 };
  expect(await errorOf(complete(simulated, ConnectionToken, upload.id))).toMatchObject(refusal);
  expect(await errorOf(complete(simulated, ConnectionToken, "none"))).toMatchObject(refusal);
  await put(upload);
  expect(await errorOf(complete(simulated, other.ConnectionToken, upload.id))).toMatchObject(refusal);
  const two = await simulated.post("complete-attachment-upload", ConnectionToken, {
    AttachmentIds: [upload.id, upload.id],
    ClientToken: "t",
  });
  expect(two.status).toBe(400);
});
