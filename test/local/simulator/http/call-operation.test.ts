import { expect, it } from "vitest";
import { connectChat, simulate, startChat } from "../simulated-chat.ts";

const denied = [403, "AccessDeniedException", { message: "Access denied" }];

async function seen(response: Response) {
  return [response.status, response.headers.get("x-amzn-errortype"), await response.json()];
}

it("refuses a missing, unknown or malformed token, and one of the wrong kind, before it looks at the input", async () => {
  const simulated = await simulate();
  const { ConnectionToken, ParticipantToken } = await startChat(simulated);
  for (const token of [undefined, "", "x", `${ConnectionToken}x`, ParticipantToken]) {
    expect(await seen(await simulated.post("message", token, "no json"))).toEqual(denied);
  }
  expect(await seen(await simulated.post("connection", ConnectionToken, {}))).toEqual(denied);
});

it("refuses text that is no JSON, and JSON that is no object", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  for (const body of ["{", "[]", "1", "null"]) {
    const [status, type] = await seen(await simulated.post("message", ConnectionToken, body));
    expect([status, type]).toEqual([400, "SerializationException"]);
  }
});

it("refuses a body that no call can have", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const [status] = await seen(
    await simulated.post("message", ConnectionToken, { Content: "x".repeat(2 ** 20) }),
  );
  expect(status).toBe(413);
});

it("ignores Authorization on the participant service", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const response = await fetch(`${simulated.url}/participant/transcript`, {
    method: "POST",
    headers: { "X-AMZ-BEARER": ConnectionToken, Authorization: "nonsense" },
    body: "{}",
  });
  expect(response.status).toBe(200);
});

it("names the operation unknown for any other path or method", async () => {
  const simulated = await simulate();
  for (const [method, path] of [
    ["POST", "/participant/nothing"],
    ["GET", "/participant/message"],
    ["POST", "/contact/chat"],
    ["GET", "/"],
  ]) {
    const response = await fetch(`${simulated.url}${path}`, { method: method ?? "" });
    expect([response.status, response.headers.get("x-amzn-errortype")]).toEqual([
      404,
      "UnknownOperationException",
    ]);
    expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  }
});

it("carries __type in the body only where it is switched so", async () => {
  const simulated = await simulate({ switches: { typeInBody: true } });
  const response = await simulated.post("message", undefined, {});
  expect(await response.json()).toEqual({ __type: "AccessDeniedException", message: "Access denied" });
});

it("logs who called what with which kind of token", async () => {
  const simulated = await simulate();
  const { ConnectionToken, contactId } = await connectChat(simulated);
  await simulated.control("DELETE", "requests");
  await simulated.post("message", ConnectionToken, {
    ContentType: "text/plain",
    Content: "x",
    ClientToken: "t",
  });
  await simulated.post("message", "stranger", {});
  await simulated.post("connection", undefined, {});
  expect(await simulated.control("GET", "requests")).toEqual([
    {
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      service: "participant",
      operation: "SendMessage",
      status: 200,
      tokenKind: "connection",
      contactId,
      ClientToken: "t",
    },
    expect.objectContaining({ operation: "SendMessage", status: 403, tokenKind: "unknown" }),
    expect.objectContaining({ operation: "CreateParticipantConnection", status: 403, tokenKind: "none" }),
  ]);
});
