import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiAnswer, openChat, send } from "../support/chat.ts";
import { createDirectFunctions, type EventParts } from "../support/direct-functions.ts";
import { generousLimits } from "../support/operation-members.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { anyRequest, type KnownHandles } from "./arbitrary-requests.ts";

/** Requests by way of the functions, and over HTTP; every chat serves a share of them. */
const chats = 40;
const requestsOfChat = 500;
const requestsOverHttp = 1_000;

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ RATE_LIMITS: generousLimits, ATTACHMENT_POLICY: '{"filesPerChat":35}' });
});

afterAll(() => system.close());

async function newHandles(): Promise<KnownHandles> {
  const [chat, other] = [await openChat(system), await openChat(system)];
  return { ...chat, otherHandle: other.connectionHandle };
}

/** Statuses that an answer of this API can have for whatever a client sends. */
const possible = new Set([200, 204, 400, 401, 402, 403, 404, 409, 429]);

/** What every answer must be, whatever was asked. */
function judge({ status, headers, body, text }: ApiAnswer): void {
  expect(possible, text).toContain(status);
  expect(text).not.toMatch(
    /node_modules|\/lambdas\/|\.[tj]s:\d+|at async |arn:aws|TypeError|RangeError|SyntaxError/,
  );
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
  for (const [, value] of headers) expect(value).not.toMatch(/[\r\n]/);
  if (status < 300) return;
  expect(Object.keys(body).toSorted()).toEqual(["__type", "message", "reason"]);
  expect(headers.get("x-amzn-errortype")).toBe(body["__type"]);
  expect(body["message"]).toMatch(/./);
  expect(body["reason"]).toMatch(/^[A-Za-z]+$/);
}

it(`answers ${chats * requestsOfChat} arbitrary requests in Connect's shape, and none with a failure`, async () => {
  const invoke = createDirectFunctions(system);
  const seen = new Map<string, number>();
  for (let chat = 0; chat < chats; chat++) {
    const property = fc.asyncProperty(anyRequest(await newHandles()), async (request) => {
      const answer = await invoke(request);
      judge(answer);
      const kind = `${answer.status} ${answer.body["reason"] ?? ""}`.trim();
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    });
    await fc.assert(property, { numRuns: requestsOfChat, seed: chat + 1, endOnFailure: true });
  }

  const rows = [...seen].toSorted(([, a], [, b]) => b - a).map(([kind, count]) => `${kind}: ${count}`);
  process.stdout.write(`fuzz, ${chats * requestsOfChat} requests: ${rows.join(", ")}\n`);
  for (const kind of ["200", "400 InvalidInput", "400 InvalidJson", "403 AccessDenied"]) {
    expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(100);
  }
}, 300_000);

/**
 * Names and values that fetch sends; the rest it refuses itself. Longer headers are refused by the server before they
 * are read.
 */
function overHttp({ resource, httpMethod, headers, body }: EventParts) {
  const sendable = Object.entries(headers ?? {}).filter(
    ([name, value]) => !/^(host|cookie)$/i.test(name) && /^[\x20-\x7e]{0,1000}$/.test(value ?? ""),
  );
  return {
    path: resource.replace("{ViewToken}", "view"),
    method: httpMethod === "GET" ? "GET" : "POST",
    headers: Object.fromEntries(sendable) as Record<string, string>,
    body: body ?? "",
  };
}

it(`answers ${requestsOverHttp} of them over HTTP, too`, async () => {
  const handles = await newHandles();
  const property = fc.asyncProperty(anyRequest(handles), async (request) => {
    const { path, ...rest } = overHttp(request);
    const answer = await send(system.url, path, rest);
    expect(answer.status === 413 || possible.has(answer.status), answer.text).toBe(true);
    expect(answer.text).not.toMatch(/node_modules|at async |TypeError/);
    expect(answer.headers.get("x-amzn-errortype") ?? answer.status).toBe(answer.body["__type"] ?? 200);
  });
  await fc.assert(property, { numRuns: requestsOverHttp, seed: 7, endOnFailure: true });
}, 120_000);

/** Bodies that no operation takes: each lacks what its operation needs, or is no object. */
const hopeless = fc.oneof(
  fc.constantFrom(
    "null",
    "[]",
    "7",
    '"text"',
    "{",
    "{}x",
    '{"Content":5,"ContentType":5,"AttachmentId":5,"AttachmentIds":5}',
  ),
  fc.array(fc.jsonValue()).map((list) => JSON.stringify(list)),
);

it("asks neither Connect nor the table about input that is invalid", async () => {
  const invoke = createDirectFunctions(system);
  const { connectionHandle } = await newHandles();
  await system.simulator.forgetCalls();
  const before = system.databaseCalls.length;
  const resources = [
    "message",
    "event",
    "attachment",
    "start-attachment-upload",
    "complete-attachment-upload",
  ];
  const property = fc.asyncProperty(fc.constantFrom(...resources), hopeless, async (name, body) => {
    const answer = await invoke({
      resource: `/participant/${name}`,
      headers: { "x-amz-bearer": connectionHandle },
      body,
    });
    expect(answer.status).toBe(400);
  });
  await fc.assert(property, { numRuns: 2_000, seed: 11, endOnFailure: true });

  expect(await system.simulator.calls()).toEqual([]);
  expect(system.databaseCalls.slice(before)).toEqual([]);
}, 60_000);
