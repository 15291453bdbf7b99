import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { maxFrameBytes, maxMessageBytes } from "../../../../local/gateway/sockets/socket-gateway.ts";
import { ManualClock } from "../manual-clock.ts";
import { send } from "../support.ts";
import { openClient, refusedUpgrade, startTestRelay } from "./support.ts";

const handshake = (path: string, version = "13") =>
  [
    `GET ${path} HTTP/1.1`,
    "Host: x",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    `Sec-WebSocket-Version: ${version}`,
    "\r\n",
  ].join("\r\n");

/** A function that answers once it is let go. */
function gated() {
  const gate = Promise.withResolvers<{ statusCode: number }>();
  return { open: () => gate.resolve({ statusCode: 200 }), wait: () => gate.promise };
}

describe("a socket", () => {
  test("opens once the function has accepted it, and not before", async () => {
    const gate = gated();
    const relay = await startTestRelay(gate.wait);
    const socket = new WebSocket(relay.url);
    await relay.first("$connect");
    expect(socket.readyState).toBe(WebSocket.CONNECTING);
    gate.open();
    await once(socket, "open");
    socket.terminate();
  });

  test.each([
    [400, 400],
    [401, 401],
    [403, 403],
    [429, 429],
    [302, 502],
    [500, 502],
    [undefined, 502],
  ])("that the function answers %s is refused with %i and no body", async (statusCode, status) => {
    const relay = await startTestRelay(() => ({ statusCode, body: "why" }));
    expect(await refusedUpgrade(relay.url)).toEqual({ status, body: "" });
    expect(relay.seen).toHaveLength(1);
  });

  test("of a function that throws is refused with 502, and the reason is told to the run alone", async () => {
    const failures: string[] = [];
    const fail = () => {
      throw new Error("secret detail");
    };
    const relay = await startTestRelay(fail, { onFailure: (_name, error) => failures.push(String(error)) });
    expect(await refusedUpgrade(relay.url)).toEqual({ status: 502, body: "" });
    expect(failures).toEqual(["Error: secret detail"]);
  });

  test("of a function that does not end is refused when Lambda stops that", async () => {
    const clock = new ManualClock();
    const relay = await startTestRelay(() => new Promise(() => {}), { clock });
    const refused = refusedUpgrade(relay.url);
    await relay.first("$connect");
    await clock.advance(20_000);
    expect((await refused).status).toBe(502);
  });

  test("is not opened elsewhere than at /relay, and no function runs", async () => {
    const relay = await startTestRelay();
    for (const path of ["/", "/chat", "/relay/", "/relayed"]) {
      expect(await refusedUpgrade(relay.url.replace("/relay", path))).toEqual({ status: 403, body: "" });
    }
    expect(relay.seen).toEqual([]);
  });

  test("is not opened by a handshake of another version, and no function runs", async () => {
    const relay = await startTestRelay();
    const socket = connect(relay.port, "127.0.0.1");
    socket.write(handshake("/relay", "8"));
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
    expect(relay.seen).toEqual([]);
  });

  test("compresses nothing and chooses no subprotocol, as the function names none", async () => {
    const relay = await startTestRelay();
    const { socket } = await openClient(relay);
    expect([socket.extensions, socket.protocol]).toEqual(["", ""]);
  });

  test("whose client hung up during $connect is disconnected at once", async () => {
    const gate = gated();
    const relay = await startTestRelay((event) =>
      event.requestContext.routeKey === "$connect" ? gate.wait() : {},
    );
    const socket = connect(relay.port, "127.0.0.1");
    socket.write(handshake("/relay"));
    const { requestContext } = await relay.first("$connect");
    socket.resetAndDestroy();
    await once(socket, "close");
    gate.open();
    const disconnected = await relay.first("$disconnect");
    expect(disconnected.requestContext.connectionId).toBe(requestContext.connectionId);
  });

  test("leaves requests that offer another protocol to the REST API", async () => {
    const relay = await startTestRelay();
    const gateway = { port: relay.port, url: "", close: () => Promise.resolve() };
    const headers = ["Connection", "Upgrade, HTTP2-Settings", "Upgrade", "h2c", "HTTP2-Settings", "AAMAAABk"];
    expect((await send(gateway, "GET", "/nowhere", { headers })).status).toBe(404);
  });
});

describe("a message", () => {
  test("reaches the function as text, and what that returns goes nowhere", async () => {
    const relay = await startTestRelay(({ requestContext }) => ({
      statusCode: 200,
      body: requestContext.routeKey,
    }));
    const { socket, connectionId } = await openClient(relay);
    const heard: unknown[] = [];
    socket.on("message", (data) => heard.push(data));
    socket.send("grüezi");
    const event = await relay.first("$default");
    expect(event.body).toBe("grüezi");
    expect(event.requestContext.connectionId).toBe(connectionId);
    socket.ping();
    await once(socket, "pong");
    expect(heard).toEqual([]);
  });

  test("does not wait for the one before it", async () => {
    const relay = await startTestRelay(({ body }) =>
      body === "slow" ? new Promise(() => {}) : { statusCode: 200 },
    );
    const { socket } = await openClient(relay);
    socket.send("slow");
    socket.send("fast");
    await relay.first("$default");
    socket.ping();
    await once(socket, "pong");
    expect(relay.seen.slice(1).map(({ body }) => body)).toEqual(["slow", "fast"]);
  });

  test("that the function fails on is answered as API Gateway does, and the socket stays", async () => {
    const relay = await startTestRelay(({ body }) => {
      if (body === "bad") throw new Error("secret detail");
      return { statusCode: 200 };
    });
    const { socket, connectionId, next } = await openClient(relay);
    const answer = next();
    socket.send("bad");
    const { requestId } = (await relay.first("$default")).requestContext;
    expect(JSON.parse(await answer)).toEqual({ message: "Internal server error", connectionId, requestId });
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  test("of 128 KiB in frames of 32 KiB passes", async () => {
    const relay = await startTestRelay();
    const { socket } = await openClient(relay);
    const frame = "a".repeat(maxFrameBytes);
    for (const fin of [false, false, false, true]) socket.send(frame, { fin });
    expect((await relay.first("$default")).body).toHaveLength(maxMessageBytes);
  });

  test.each([
    ["in a frame of one byte too many", [maxFrameBytes + 1]],
    ["of one byte too many in all", [maxFrameBytes, maxFrameBytes, maxFrameBytes, maxFrameBytes, 1]],
    ["far too large", [10 * maxMessageBytes]],
  ])("%s closes the socket with 1009", async (_what, sizes) => {
    const relay = await startTestRelay();
    const { socket, closed } = await openClient(relay);
    sizes.forEach((size, index) => {
      socket.send("a".repeat(size), { fin: index === sizes.length - 1 });
    });
    expect(await closed).toBe(1009);
    expect((await relay.first("$disconnect")).requestContext.disconnectStatusCode).toBe(1009);
    expect(relay.seen.map(({ requestContext }) => requestContext.routeKey)).toEqual([
      "$connect",
      "$disconnect",
    ]);
  });

  test("of bytes closes the socket with 1003", async () => {
    const relay = await startTestRelay();
    const { socket, closed } = await openClient(relay);
    socket.send(Buffer.from("bytes"));
    expect(await closed).toBe(1003);
    await relay.first("$disconnect");
    expect(relay.seen).toHaveLength(2);
  });
});

describe("the end of a socket", () => {
  test("is told to the function once, with the client's code and reason", async () => {
    const relay = await startTestRelay();
    const { socket, closed } = await openClient(relay);
    socket.close(4001, "bye");
    const { requestContext } = await relay.first("$disconnect");
    expect(requestContext).toMatchObject({ disconnectStatusCode: 4001, disconnectReason: "bye" });
    await closed;
    expect(relay.seen).toHaveLength(2);
  });

  test("without a closing frame is a 1006", async () => {
    const relay = await startTestRelay();
    const { socket } = await openClient(relay);
    socket.terminate();
    expect((await relay.first("$disconnect")).requestContext.disconnectStatusCode).toBe(1006);
  });

  test("comes when the gateway closes, and no function hears of that", async () => {
    const relay = await startTestRelay();
    const { closed } = await openClient(relay);
    await relay.close();
    expect(await closed).toBe(1006);
    expect(relay.seen).toHaveLength(1);
  });
});
