import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { gatewayResponses } from "../../../lambdas/gateway-responses.ts";
import type { GatewayClock } from "../../../local/gateway/clock.ts";
import { maxBodyBytes } from "../../../local/gateway/read-body.ts";
import { gatewayReturning, type Received, send } from "./support.ts";

function expectGatewayResponse(answer: Received, name: keyof typeof gatewayResponses): void {
  const { status, type, reason, message } = gatewayResponses[name];
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body.toString())).toEqual({ __type: type, message, reason });
  expect(answer.headers).toMatchObject({
    "content-type": "application/json",
    "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
    "x-amzn-errortype": type,
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "x-amzn-RequestId,x-amzn-ErrorType,Retry-After,x-amz-retry-after",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect(answer.headers["retry-after"]).toBe(status === 503 ? "1" : undefined);
  expect(answer.headers).not.toHaveProperty("access-control-allow-credentials");
}

describe("an answer of a function", () => {
  test("reaches the client with its status, its headers of both kinds and its text", async () => {
    const gateway = await gatewayReturning({
      statusCode: 201,
      headers: { "X-One": "1", "X-Both": "same", Flag: true },
      multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"], "x-both": ["same", "other"] },
      body: "grüezi",
    });
    const { status, headers, body } = await send(gateway, "GET", "/health");
    expect(status).toBe(201);
    expect(headers).toMatchObject({
      "x-one": "1",
      flag: "true",
      "x-both": "same, other",
      "set-cookie": ["a=1", "b=2"],
      "content-type": "application/json",
      "content-length": "7",
    });
    expect(body.toString()).toBe("grüezi");
  });

  test("keeps the type the function gave it", async () => {
    const gateway = await gatewayReturning({
      statusCode: 200,
      headers: { "Content-Type": "text/plain" },
      body: "x",
    });
    expect((await send(gateway, "GET", "/health")).headers["content-type"]).toBe("text/plain");
  });

  test("is decoded where it is base64", async () => {
    const bytes = Buffer.from([0, 255, 254, 10]);
    const gateway = await gatewayReturning({
      statusCode: 200,
      body: bytes.toString("base64"),
      isBase64Encoded: true,
    });
    expect((await send(gateway, "GET", "/health")).body).toEqual(bytes);
  });

  test("leaves the connection's own headers and the request id to the gateway", async () => {
    const gateway = await gatewayReturning({
      statusCode: 200,
      headers: { "Content-Length": "999", "Transfer-Encoding": "chunked", "x-amzn-RequestId": "mine" },
      body: "12345",
    });
    const { headers } = await send(gateway, "GET", "/health");
    expect(headers["content-length"]).toBe("5");
    expect(headers["x-amzn-requestid"]).toBe(gateway.seen[0]?.event.requestContext.requestId);
  });
});

describe("the gateway's own answer", () => {
  test.each([
    ["POST", "/nowhere"],
    ["GET", "/chat"],
    ["HEAD", "/health"],
    ["DELETE", "/participant/message"],
    ["OPTIONS", "/nowhere"],
    ["POST", "/participant/message/"],
    ["GET", "/participant/views/a/b"],
    ["GET", "/"],
  ])("to %s %s is an unknown operation, and no function runs", async (method, path) => {
    const gateway = await gatewayReturning({ statusCode: 200 });
    const answer = await send(gateway, method, path);
    if (method === "HEAD") {
      expect(answer.status).toBe(404);
    } else {
      expectGatewayResponse(answer, "MISSING_AUTHENTICATION_TOKEN");
    }
    expect(gateway.seen).toEqual([]);
  });

  test("to a path that cannot be decoded is a bad request", async () => {
    const gateway = await gatewayReturning({ statusCode: 200 });
    expectGatewayResponse(await send(gateway, "GET", "/participant/views/%E0%A4%A"), "DEFAULT_4XX");
  });

  test("to a body of one byte too many is too large, while the longest body passes", async () => {
    const gateway = await gatewayReturning({ statusCode: 200 });
    const longest = Buffer.alloc(maxBodyBytes, "a");
    expect((await send(gateway, "POST", "/chat", { body: longest })).status).toBe(200);
    const tooLong = Buffer.concat([longest, Buffer.from("a")]);
    expectGatewayResponse(await send(gateway, "POST", "/chat", { body: tooLong }), "REQUEST_TOO_LARGE");
    expect(gateway.seen).toHaveLength(1);
  });

  test.each([
    ["nothing", undefined],
    ["a string", "200"],
    ["no statusCode", { body: "{}" }],
    ["an informational statusCode", { statusCode: 101 }],
    ["a fractional statusCode", { statusCode: 200.5 }],
    ["an object as its body", { statusCode: 200, body: { a: 1 } }],
    ["headers that are no object", { statusCode: 200, multiValueHeaders: { a: "b" } }],
    ["a line break in a header", { statusCode: 200, headers: { "X-Fine": "1", "X-Bad": "a\r\nb: c" } }],
  ])("covers a result with %s", async (_what, result) => {
    const failures: unknown[] = [];
    const gateway = await gatewayReturning(result, { onFailure: (_name, error) => failures.push(error) });
    const answer = await send(gateway, "GET", "/health");
    expectGatewayResponse(answer, "DEFAULT_5XX");
    expect(answer.headers).not.toHaveProperty("x-fine");
    expect(failures).toHaveLength(1);
  });

  test.each([
    ["rejects with an error", new Error("secret detail")],
    ["rejects with something else", "secret detail"],
  ])("covers a function that %s, and says nothing of why", async (_what, reason) => {
    const gateway = await gatewayReturning(undefined, { invoke: () => Promise.reject(reason) });
    const answer = await send(gateway, "POST", "/chat");
    expectGatewayResponse(answer, "DEFAULT_5XX");
    expect(JSON.stringify(answer.headers) + answer.body).not.toContain("secret");
  });

  test("covers a function that throws on the spot", async () => {
    const gateway = await gatewayReturning(undefined, {
      invoke: () => {
        throw new Error("secret detail");
      },
    });
    expectGatewayResponse(await send(gateway, "POST", "/chat"), "DEFAULT_5XX");
  });
});

describe("a function that does not answer in time", () => {
  /** A clock on which only a wait of exactly `seconds` ever ends. */
  const endingOnly = (seconds: number): GatewayClock => ({
    now: () => 0,
    sleep: (milliseconds) => (milliseconds === seconds * 1000 ? Promise.resolve() : new Promise(() => {})),
  });
  const invoke = () => new Promise<never>(() => {});

  test("is stopped by Lambda after its own time", async () => {
    const gateway = await gatewayReturning(undefined, { invoke, clock: endingOnly(10) });
    expectGatewayResponse(await send(gateway, "POST", "/chat"), "DEFAULT_5XX");
    const slower = await gatewayReturning(undefined, { invoke, clock: endingOnly(26) });
    expectGatewayResponse(await send(slower, "POST", "/participant/attachment"), "DEFAULT_5XX");
  });

  test("is given up by the gateway after the gateway's time", async () => {
    const failures: unknown[] = [];
    const onFailure = (name: string, error: unknown) => failures.push([name, String(error)]);
    const gateway = await gatewayReturning(undefined, { invoke, clock: endingOnly(12), onFailure });
    expectGatewayResponse(await send(gateway, "POST", "/chat"), "INTEGRATION_TIMEOUT");
    expect(failures).toEqual([["start-chat", "Error: start-chat gave no answer within 12 seconds."]]);
  });
});

describe("a client that hangs up", () => {
  test.each([
    ["half-way through its body", "POST /chat HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf"],
    ["before its answer", "POST /chat HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n"],
  ])("%s disturbs nobody", async (_when, bytes) => {
    const gateway = await gatewayReturning({ statusCode: 200, body: "x".repeat(1_000_000) });
    const socket = connect(gateway.port, "127.0.0.1");
    socket.write(bytes, () => socket.resetAndDestroy());
    await once(socket, "close");
    expect((await send(gateway, "GET", "/health")).status).toBe(200);
  });
});

describe("closing the gateway", () => {
  test("frees the port at once, whatever connections are open", async () => {
    const gateway = await gatewayReturning(undefined, { invoke: () => new Promise<never>(() => {}) });
    const idle = connect(gateway.port, "127.0.0.1");
    await once(idle, "connect");
    const waiting = send(gateway, "POST", "/chat").catch((error: NodeJS.ErrnoException) => error.code);
    const idleClosed = once(idle, "close");
    idle.resume();
    await gateway.close();
    await idleClosed;
    expect(["ECONNRESET", "ECONNREFUSED"]).toContain(await waiting);
  });
});
