import { expect, it } from "vitest";
import { simulate } from "../simulated-chat.ts";

function preflight(url: string, method: string, headers: string) {
  return fetch(url, {
    method: "OPTIONS",
    headers: {
      Origin: "https://shop.example",
      "Access-Control-Request-Method": method,
      "Access-Control-Request-Headers": headers,
    },
  });
}

it("lets browsers call the participant service with the headers of the SDKs", async () => {
  const simulated = await simulate();
  const { status, headers } = await preflight(`${simulated.url}/participant/message`, "POST", "x-amz-bearer");
  expect(status).toBe(204);
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.get("access-control-allow-methods")).toContain("POST");
  expect(headers.get("access-control-allow-headers")?.split(",")).toEqual(
    expect.arrayContaining([
      "authorization",
      "content-type",
      "x-amz-bearer",
      "x-amz-user-agent",
      "amz-sdk-request",
    ]),
  );
});

it("exposes the error type and the request id to browsers, on refusals too", async () => {
  const simulated = await simulate();
  const { headers } = await simulated.post("message", undefined, {});
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.get("access-control-expose-headers")).toBe(
    "x-amzn-RequestId,x-amzn-ErrorType,Retry-After,Date",
  );
});

it("lets browsers write to the small S3 with any header", async () => {
  const simulated = await simulate();
  const asked = "content-disposition,x-amz-meta-contact_id";
  const { status, headers } = await preflight(`${simulated.url}/s3/simulated-attachments/a`, "PUT", asked);
  expect(status).toBe(204);
  expect(headers.get("access-control-allow-methods")).toBe("GET,PUT");
  expect(headers.get("access-control-allow-headers")).toBe(asked);
});

it("is not for browsers on the Connect service and the control plane", async () => {
  const simulated = await simulate();
  for (const path of ["/contact/chat", "/_sim/contacts"]) {
    const { status, headers } = await preflight(`${simulated.url}${path}`, "PUT", "authorization");
    expect([status, headers.get("access-control-allow-origin")]).toEqual([404, null]);
  }
});
