import { describe, expect, test } from "vitest";
import { gatewayReturning, send } from "./support.ts";

const ok = { statusCode: 200, body: "{}" };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("the event of a request", () => {
  test("is API Gateway's REST proxy event, member by member", async () => {
    const time = Date.UTC(2026, 3, 9, 12, 34, 56, 789);
    const gateway = await gatewayReturning(ok, {
      clock: { now: () => time, sleep: () => new Promise(() => {}) },
    });

    await send(gateway, "POST", "/participant/message?a=1&b=x%20y&a=2&c", {
      headers: ["User-Agent", "test/1", "X-Amz-Bearer", "handle", "accept", "a/b", "Accept", "c/d"],
      body: '{"Content":"grüezi"}',
    });

    const [invocation] = gateway.seen;
    expect(invocation?.functionName).toBe("chat");
    const forwarded = {
      "X-Forwarded-For": "127.0.0.1",
      "X-Forwarded-Port": String(gateway.port),
      "X-Forwarded-Proto": "http",
      "X-Amzn-Trace-Id": expect.stringMatching(/^Root=1-69d79cf0-[0-9a-f]{24}$/),
    };
    expect(JSON.parse(JSON.stringify(invocation?.event))).toEqual({
      resource: "/participant/message",
      path: "/participant/message",
      httpMethod: "POST",
      headers: {
        Host: "api.example.com",
        "User-Agent": "test/1",
        "X-Amz-Bearer": "handle",
        accept: "c/d",
        ...forwarded,
      },
      multiValueHeaders: {
        Host: ["api.example.com"],
        "User-Agent": ["test/1"],
        "X-Amz-Bearer": ["handle"],
        accept: ["a/b", "c/d"],
        ...Object.fromEntries(Object.entries(forwarded).map(([name, value]) => [name, [value]])),
      },
      queryStringParameters: { a: "2", b: "x y", c: "" },
      multiValueQueryStringParameters: { a: ["1", "2"], b: ["x y"], c: [""] },
      pathParameters: null,
      stageVariables: null,
      requestContext: {
        resourceId: expect.any(String),
        resourcePath: "/participant/message",
        httpMethod: "POST",
        extendedRequestId: expect.stringMatching(/^[\w-]{15}=$/),
        requestTime: "09/Apr/2026:12:34:56 +0000",
        path: "/participant/message",
        accountId: "000000000000",
        protocol: "HTTP/1.1",
        stage: "local",
        domainPrefix: "api",
        requestTimeEpoch: time,
        requestId: expect.stringMatching(uuid),
        identity: {
          accessKey: null,
          accountId: null,
          apiKey: null,
          apiKeyId: null,
          caller: null,
          clientCert: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: "127.0.0.1",
          user: null,
          userAgent: "test/1",
          userArn: null,
        },
        domainName: "api.example.com",
        apiId: "local",
      },
      body: '{"Content":"grüezi"}',
      isBase64Encoded: false,
    });
  });

  test("has null where there is no query, body or placeholder", async () => {
    const gateway = await gatewayReturning(ok);
    await send(gateway, "GET", "/health");
    expect(gateway.seen[0]?.event).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      body: null,
      isBase64Encoded: false,
    });
  });

  test("holds the decoded value of the path's placeholder and the template as its resource", async () => {
    const gateway = await gatewayReturning(ok);
    await send(gateway, "GET", "/participant/views/a%2Fb%20c");
    expect(gateway.seen[0]?.event).toMatchObject({
      resource: "/participant/views/{ViewToken}",
      path: "/participant/views/a%2Fb%20c",
      pathParameters: { ViewToken: "a/b c" },
    });
  });

  test("names the socket's address as the caller, whatever X-Forwarded-For claims", async () => {
    const gateway = await gatewayReturning(ok);
    await send(gateway, "POST", "/chat", {
      headers: [
        "x-forwarded-for",
        "203.0.113.9",
        "X-Forwarded-For",
        "198.51.100.7",
        "x-forwarded-proto",
        "https",
      ],
    });
    const event = gateway.seen[0]?.event;
    expect(event?.requestContext.identity.sourceIp).toBe("127.0.0.1");
    expect(event?.headers["X-Forwarded-For"]).toBe("203.0.113.9, 198.51.100.7, 127.0.0.1");
    expect(event?.multiValueHeaders["X-Forwarded-Proto"]).toEqual(["http"]);
    expect(Object.keys(event?.headers ?? {}).filter((name) => /^x-forwarded-for$/i.test(name))).toHaveLength(
      1,
    );
  });

  test("carries bytes that are no UTF-8 as base64, and a byte-order mark as it came", async () => {
    const gateway = await gatewayReturning(ok);
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    await send(gateway, "POST", "/chat", { body: bytes });
    await send(gateway, "POST", "/chat", { body: "\uFEFF{}" });
    expect(gateway.seen[0]?.event).toMatchObject({ body: bytes.toString("base64"), isBase64Encoded: true });
    expect(gateway.seen[1]?.event).toMatchObject({ body: "\uFEFF{}", isBase64Encoded: false });
  });

  test("lacks an Authorization with a SigV4 signature and keeps any other", async () => {
    const gateway = await gatewayReturning(ok);
    await send(gateway, "POST", "/chat", {
      headers: ["authorization", "AWS4-HMAC-SHA256 Credential=/x, Signature=y"],
    });
    await send(gateway, "POST", "/chat", { headers: ["authorization", "Bearer abc"] });
    expect(gateway.seen[0]?.event.headers).not.toHaveProperty("authorization");
    expect(gateway.seen[1]?.event.headers).toHaveProperty("authorization", "Bearer abc");
  });

  test("lacks the headers of the connection", async () => {
    const gateway = await gatewayReturning(ok);
    await send(gateway, "POST", "/chat", {
      body: "{}",
      headers: ["Connection", "keep-alive", "TE", "trailers"],
    });
    expect(Object.keys(gateway.seen[0]?.event.headers ?? {})).toEqual([
      "Host",
      "X-Forwarded-For",
      "X-Forwarded-Port",
      "X-Forwarded-Proto",
      "X-Amzn-Trace-Id",
    ]);
  });

  test("goes to the path's own function for OPTIONS", async () => {
    const gateway = await gatewayReturning({ statusCode: 204 });
    const answer = await send(gateway, "OPTIONS", "/participant/start-attachment-upload");
    expect(answer.status).toBe(204);
    expect(gateway.seen[0]).toMatchObject({
      functionName: "attachments",
      event: { httpMethod: "OPTIONS", resource: "/participant/start-attachment-upload" },
    });
  });
});

describe("the context of an invocation", () => {
  test("names the function, shares the request's id and counts down Lambda's time", async () => {
    let now = 1_000_000;
    const gateway = await gatewayReturning(ok, {
      clock: { now: () => now, sleep: () => new Promise(() => {}) },
    });
    const { headers } = await send(gateway, "POST", "/participant/attachment");
    const [invocation] = gateway.seen;
    expect(invocation?.context.functionName).toBe("attachments");
    expect(invocation?.context.awsRequestId).toBe(headers["x-amzn-requestid"]);
    expect(invocation?.event.requestContext.requestId).toBe(headers["x-amzn-requestid"]);
    expect(invocation?.context.getRemainingTimeInMillis()).toBe(26_000);
    now += 1_500;
    expect(invocation?.context.getRemainingTimeInMillis()).toBe(24_500);
    now += 60_000;
    expect(invocation?.context.getRemainingTimeInMillis()).toBe(0);
  });
});
