import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { sendMessage } from "../support/participant-operations.ts";
import { costOf, expectRefusal } from "../support/refusals.ts";
import { pageOrigin, startTestSystem, type TestSystem } from "../support/test-system.ts";

const unknownRoute = { status: 404, type: "UnknownOperationException", reason: "UnknownRoute" };
let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;
let invoke: ReturnType<typeof createDirectFunctions>;

beforeAll(async () => {
  system = await startTestSystem({ RATE_LIMITS: '{"message":{"intervalMs":1,"burst":1000}}' });
  chat = await openChat(system);
  invoke = createDirectFunctions(system);
});

afterAll(async () => {
  await system.close();
});

const message = (parts: Parameters<typeof send>[2] = {}) =>
  send(system.url, sendMessage.path, { bearer: chat.connectionHandle, body: sendMessage.body, ...parts });

describe("the security headers", () => {
  const answers = {
    success: () => message({ headers: { origin: pageOrigin } }),
    "a refused handle": () => message({ bearer: "nonsense" }),
    "a refused origin": () => message({ headers: { origin: "https://evil.example" } }),
    "invalid input": () => message({ body: "{" }),
    "a preflight": () => message({ method: "OPTIONS", headers: { origin: pageOrigin } }),
    "a refused preflight": () => message({ method: "OPTIONS", headers: { origin: "null" } }),
    "the health check": () => send(system.url, "/health", { method: "GET" }),
    "an unsupported operation": () => send(system.url, "/participant/views/a", { method: "GET" }),
    "an answer of the gateway's own": () => send(system.url, "/nowhere"),
  };
  it.each(Object.entries(answers))("are on %s", async (_name, ask) => {
    const { headers } = await ask();

    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "strict-transport-security": expect.stringMatching(/^max-age=\d{8,}/),
      "x-content-type-options": "nosniff",
    });
    expect(headers.has("set-cookie")).toBe(false);
    expect(headers.has("access-control-allow-credentials")).toBe(false);
    expect(headers.has("server")).toBe(false);
    expect(headers.has("x-powered-by")).toBe(false);
  });
});

describe("a request that no route takes", () => {
  const requests = [
    ...["GET", "PUT", "PATCH", "DELETE"].map((method) => ({ method, path: "/participant/message" })),
    { method: "POST", path: "/health" },
    { method: "POST", path: "/participant/views/a" },
    { method: "GET", path: "/chat" },
    { method: "POST", path: "/participant/message/" },
    { method: "POST", path: "//participant/message" },
    { method: "POST", path: "/Participant/Message" },
    { method: "POST", path: "/participant/%6dessage" },
    { method: "POST", path: "/participant/message%00" },
    { method: "POST", path: "/participant/message;a=b" },
    { method: "POST", path: "/x/..%2fparticipant/message" },
    { method: "PUT", path: "/contact/chat" },
    { method: "POST", path: "/contact/stop" },
    { method: "GET", path: "/participant/views/a/b" },
  ];
  it.each(
    requests,
  )("$method $path is answered 404 in Connect's shape, never 403, and reaches nobody", async ({
    method,
    path,
  }) => {
    const { result, ...cost } = await costOf(system, () =>
      send(system.url, path, { method, bearer: chat.connectionHandle, body: sendMessage.body }),
    );

    expectRefusal(result, unknownRoute);
    expect(cost).toEqual({ upstream: [], database: [] });
  });
});

it("ignores method overrides", async () => {
  const overrides = {
    "x-http-method-override": "DELETE",
    "x-http-method": "GET",
    "x-method-override": "OPTIONS",
  };
  expect((await message({ headers: overrides })).status).toBe(200);
  const overridden = await message({
    method: "GET",
    headers: { "x-http-method-override": "POST", "x-method-override": "POST" },
  });
  expectRefusal(overridden, unknownRoute);
});

it("believes no header about where a request came from or went to, and repeats none", async () => {
  const marks = { host: "mark.example", address: "198.51.100.66" };
  const answer = await message({
    headers: {
      "x-forwarded-for": marks.address,
      "x-real-ip": marks.address,
      "true-client-ip": marks.address,
      forwarded: `for=${marks.address};host=${marks.host};proto=http`,
      "x-forwarded-host": marks.host,
      "x-original-url": "/chat",
      "x-rewrite-url": "/chat",
      referer: `https://${marks.host}/?token=secret`,
      "user-agent": marks.host,
    },
  });

  expect(answer.status).toBe(200);
  const said = answer.text + JSON.stringify([[...answer.headers], system.logs.at(-1)]);
  for (const mark of Object.values(marks)) expect(said).not.toContain(mark);
});

it("leaves no timer behind, whatever it answered", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const headers = { Origin: pageOrigin, "X-Amz-Bearer": "nonsense" };
  const before = timers();
  for (let times = 0; times < 20; times++) {
    await invoke({ resource: sendMessage.path, headers });
    await invoke({ resource: sendMessage.path, headers, httpMethod: "OPTIONS" });
  }

  expect(timers() - before).toBeLessThan(5);
});
