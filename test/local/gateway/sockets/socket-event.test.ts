import { expect, test } from "vitest";
import { ManualClock } from "../manual-clock.ts";
import { openClient, startTestRelay } from "./support.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const opaqueId = /^[\w-]{15}=$/;

test("the events of a socket are API Gateway's, member by member", async () => {
  const clock = new ManualClock();
  const connectedAt = clock.now();
  const relay = await startTestRelay(undefined, { clock });
  const withQuery = { ...relay, url: `${relay.url}?ticket=a%20b&ticket=c&x` };

  const { socket } = await openClient(withQuery, {
    headers: { "User-Agent": "test/1" },
    origin: "http://page",
  });
  await clock.advance(1_000);
  socket.send('{"topic":"aws/ping"}');
  const message = await relay.first("$default");
  socket.close(1000, "done");
  const disconnected = await relay.first("$disconnect");

  const connectionId = relay.seen[0]?.requestContext.connectionId;
  const shared = {
    connectionId: expect.stringMatching(opaqueId),
    connectedAt,
    domainName: `127.0.0.1:${relay.port}`,
    identity: { sourceIp: "127.0.0.1", userAgent: "test/1" },
    requestId: expect.stringMatching(uuid),
    extendedRequestId: expect.stringMatching(opaqueId),
    messageDirection: "IN",
    stage: "local",
    apiId: "local",
  };
  const later = {
    requestTime: "09/Apr/2026:12:34:57 +0000",
    requestTimeEpoch: connectedAt + 1_000,
    connectionId,
  };
  expect(relay.seen[0]).toEqual({
    headers: expect.objectContaining({
      Host: `127.0.0.1:${relay.port}`,
      "User-Agent": "test/1",
      Origin: "http://page",
      "Sec-WebSocket-Version": "13",
      "X-Forwarded-For": "127.0.0.1",
    }),
    multiValueHeaders: expect.objectContaining({ Origin: ["http://page"] }),
    queryStringParameters: { ticket: "c", x: "" },
    multiValueQueryStringParameters: { ticket: ["a b", "c"], x: [""] },
    requestContext: {
      ...shared,
      routeKey: "$connect",
      eventType: "CONNECT",
      requestTime: "09/Apr/2026:12:34:56 +0000",
      requestTimeEpoch: connectedAt,
    },
    isBase64Encoded: false,
  });
  expect(relay.seen[0]?.headers).not.toHaveProperty("Upgrade");
  expect(message).toEqual({
    requestContext: {
      ...shared,
      ...later,
      routeKey: "$default",
      eventType: "MESSAGE",
      messageId: expect.stringMatching(opaqueId),
    },
    body: '{"topic":"aws/ping"}',
    isBase64Encoded: false,
  });
  expect(disconnected).toEqual({
    requestContext: {
      ...shared,
      ...later,
      routeKey: "$disconnect",
      eventType: "DISCONNECT",
      disconnectStatusCode: 1000,
      disconnectReason: "done",
    },
    isBase64Encoded: false,
  });
  const requestIds = new Set(relay.seen.map(({ requestContext }) => requestContext.requestId));
  expect(requestIds.size).toBe(3);
});

test("a socket without a query string has none in its event", async () => {
  const relay = await startTestRelay();
  await openClient(relay);
  expect(relay.seen[0]).not.toHaveProperty("queryStringParameters");
});
