import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../lambdas/routes.ts";
import { type ApiAnswer, openChat, send } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { sendMessage } from "../support/participant-operations.ts";
import { costOf, expectRefusal, invalid } from "../support/refusals.ts";
import { pageOrigin, startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;
let invoke: ReturnType<typeof createDirectFunctions>;

beforeAll(async () => {
  system = await startTestSystem();
  chat = await openChat(system);
  invoke = createDirectFunctions(system);
});

afterAll(async () => {
  await system.close();
});

/** Origins that are not on the list (`https://www.example.com` and loopback with any port), however close. */
const refusedOrigins = [
  "https://evil.example",
  "null",
  "",
  "*",
  "http://www.example.com",
  "https://www.example.com:8443",
  "https://www.example.com:443",
  "https://www.example.com/",
  "https://www.example.com.evil.example",
  "https://evil-www.example.com",
  "https://evil.www.example.com",
  "https://example.com",
  "https://WWW.EXAMPLE.COM",
  "https://www.example.com.",
  "https://www.example.com@evil.example",
  "https://evil.example#https://www.example.com",
  "https://www.example.com https://evil.example",
  "https://www.example.com, https://evil.example",
  "https://www\u0435xample.com",
  "wss://www.example.com",
  "http://localhost:3000",
  "https://127.0.0.1:3000",
  "http://127.0.0.1:3000@evil.example",
  "http://127.0.0.1.evil.example:3000",
  "http://127.0.0.1:evil",
  "http://127.0.0.1:123456",
  "http://127.0.0.1:*",
  "http://127.0.0.1:",
  "https://www.example.com\r\nSet-Cookie: a=b",
  "https://www.example.com\n",
  "\thttps://www.example.com",
];

const noCors = (answer: ApiAnswer) =>
  [...answer.headers.keys()].filter((name) => name.startsWith("access-control"));

describe.each(refusedOrigins)("a page of the origin %j", (origin) => {
  const requests = [
    { what: "a message", resource: sendMessage.path, body: JSON.stringify(sendMessage.body) },
    { what: "a start", resource: "/chat", body: '{"ContactFlowId":"support","Username":"Jane"}' },
    { what: "a preflight", resource: sendMessage.path, httpMethod: "OPTIONS" },
    { what: "the preflight of a start", resource: "/chat", httpMethod: "OPTIONS" },
  ];
  it.each(requests)("is refused $what with a 400, without CORS headers and without a call", async ({
    what: _what,
    ...event
  }) => {
    const headers = { Origin: origin, "X-Amz-Bearer": chat.connectionHandle };
    const { result, ...cost } = await costOf(system, () => invoke({ ...event, headers }));

    expectRefusal(result, invalid("OriginNotAllowed"));
    expect(noCors(result)).toEqual([]);
    expect(cost).toEqual({ upstream: [], database: [] });
  });
});

it("refuses a request with two origins, even when one of them or both are listed", async () => {
  const bearer = { "X-Amz-Bearer": [chat.connectionHandle] };
  for (const origins of [
    [pageOrigin, "https://evil.example"],
    [pageOrigin, pageOrigin],
  ]) {
    for (const multiValueHeaders of [
      { Origin: origins, ...bearer },
      { Origin: [origins[0] ?? ""], origin: [origins[1] ?? ""], ...bearer },
    ]) {
      const body = JSON.stringify(sendMessage.body);
      const answer = await invoke({ resource: sendMessage.path, body, multiValueHeaders });
      expectRefusal(answer, invalid("OriginNotAllowed"));
      expect(noCors(answer)).toEqual([]);
    }
  }
});

it("refuses to start a chat without an origin, unless the setting allows apps to", async () => {
  const event = { resource: "/chat", body: '{"ContactFlowId":"support","Username":"Jane"}' };
  const strict = createDirectFunctions(system, { ALLOW_APPS_WITHOUT_ORIGIN: "false" });
  const { result, ...cost } = await costOf(system, () => strict(event));

  expectRefusal(result, invalid("OriginNotAllowed"));
  expect(cost).toEqual({ upstream: [], database: [] });
  expect((await strict({ ...event, headers: { origin: pageOrigin } })).status).toBe(200);
  expect((await invoke(event)).status).toBe(200);
});

it("lets a handle come without an origin, because a header has no CSRF", async () => {
  const strict = createDirectFunctions(system, { ALLOW_APPS_WITHOUT_ORIGIN: "false" });
  const headers = { "X-Amz-Bearer": chat.connectionHandle };
  const answer = await strict({
    resource: sendMessage.path,
    headers,
    body: JSON.stringify(sendMessage.body),
  });

  expect(answer.status).toBe(200);
  expect(noCors(answer)).toEqual([]);
});

it.each([
  pageOrigin,
  "http://127.0.0.1:3000",
])("echoes the listed origin %s alone, on success and error", async (origin) => {
  for (const [bearer, status] of [
    [chat.connectionHandle, 200],
    ["nonsense", 403],
  ] as const) {
    const { path, body } = { ...sendMessage, path: "/participant/transcript" };
    const answer = await send(system.url, path, {
      bearer,
      body: status === 200 ? {} : body,
      headers: { origin },
    });

    expect(answer.status).toBe(status);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("vary")).toBe("Origin");
    expect(answer.headers.get("access-control-expose-headers")?.split(",").sort()).toEqual([
      "Retry-After",
      "x-amz-retry-after",
      "x-amzn-ErrorType",
      "x-amzn-RequestId",
    ]);
    expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
    expect(answer.headers.has("set-cookie")).toBe(false);
  }
});

const preflighted = routes.map(({ method, path }) => ({ method, path: path.replace("{ViewToken}", "view") }));

it.each(preflighted)("answers the preflight of $method $path with what every client sends", async ({
  method,
  path,
}) => {
  const { result, ...cost } = await costOf(system, () =>
    send(system.url, path, {
      method: "OPTIONS",
      headers: {
        origin: pageOrigin,
        "access-control-request-method": "DELETE",
        "access-control-request-headers": "x-evil",
      },
    }),
  );

  expect(result.status).toBe(204);
  expect(result.text).toBe("");
  expect(cost).toEqual({ upstream: [], database: [] });
  const headers = Object.fromEntries(result.headers);
  expect(headers).toMatchObject({
    "access-control-allow-origin": pageOrigin,
    "access-control-allow-methods": method,
    "access-control-max-age": "7200",
    vary: "Origin",
  });
  expect(headers["access-control-allow-headers"]?.split(",").sort()).toEqual([
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "authorization",
    "content-type",
    "x-amz-bearer",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-user-agent",
  ]);
  expect(headers).not.toHaveProperty("access-control-allow-credentials");
});
