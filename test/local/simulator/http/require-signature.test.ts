import { expect, it } from "vitest";
import { simulate } from "../simulated-chat.ts";

const signature = "0".repeat(64);
const complete = `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/connect/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`;

it.each<[string, Record<string, string>, string]>([
  ["no signature", {}, "MissingAuthenticationTokenException"],
  ["no X-Amz-Date", { Authorization: complete }, "IncompleteSignatureException"],
  ["another scheme", { Authorization: "Bearer x" }, "IncompleteSignatureException"],
  ["a short signature", { Authorization: complete.slice(0, -1) }, "IncompleteSignatureException"],
  ["an unsigned host", { Authorization: complete.replace("host;", "") }, "IncompleteSignatureException"],
  [
    "another day",
    { Authorization: complete.replace("20260101", "20260102") },
    "IncompleteSignatureException",
  ],
  [
    "another service",
    { Authorization: complete.replace("connect", "execute-api") },
    "InvalidSignatureException",
  ],
])("refuses %s on the Connect service", async (what, headers, type) => {
  const simulated = await simulate();
  const date: Record<string, string> = what === "no X-Amz-Date" ? {} : { "X-Amz-Date": "20260101T000000Z" };
  const response = await fetch(`${simulated.url}/contact/chat`, {
    method: "PUT",
    headers: { ...headers, ...date },
    body: "{}",
  });
  expect([response.status, response.headers.get("x-amzn-errortype")]).toEqual([403, type]);
  expect(await response.json()).toEqual({ Message: expect.any(String) });
});

it("takes a well-formed signature and goes on to the input", async () => {
  const simulated = await simulate();
  const headers = { Authorization: complete, "X-Amz-Date": "20260101T000000Z" };
  const response = await fetch(`${simulated.url}/contact/chat`, { method: "PUT", headers, body: "{}" });
  expect(response.headers.get("x-amzn-errortype")).toBe("InvalidRequestException");
});
