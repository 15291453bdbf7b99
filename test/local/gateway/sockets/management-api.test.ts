import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { maxMessageBytes } from "../../../../local/gateway/sockets/socket-gateway.ts";
import { ManualClock } from "../manual-clock.ts";
import { openClient, startTestRelay } from "./support.ts";

const unknownId = "L0SM9cOFvHcCIhw=";

describe("posting to a socket", () => {
  test("sends one text message, as long as 128 KiB", async () => {
    const relay = await startTestRelay();
    const { connectionId, next } = await openClient(relay);
    for (const text of ["grüezi", "", "a".repeat(maxMessageBytes)]) {
      const received = next();
      await relay.management.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text }));
      expect(await received).toBe(text);
    }
  });

  test("more than 128 KiB is refused, and the socket stays", async () => {
    const relay = await startTestRelay();
    const { connectionId, socket } = await openClient(relay);
    const Data = "a".repeat(maxMessageBytes + 1);
    const posting = relay.management.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }));
    await expect(posting).rejects.toThrow(PayloadTooLargeException);
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  test("before its $connect has ended meets no socket", async () => {
    const relay = await startTestRelay(async ({ requestContext }) => {
      const { connectionId: ConnectionId } = requestContext;
      const posting = relay.management.send(new PostToConnectionCommand({ ConnectionId, Data: "early" }));
      const error: unknown = await posting.catch((reason: unknown) => reason);
      return { statusCode: error instanceof GoneException ? 200 : 400 };
    });
    await openClient(relay);
  });

  test("is observed, call by call", async () => {
    const calls: string[][] = [];
    const relay = await startTestRelay(undefined, { onCall: (...call) => calls.push(call) });
    const { connectionId } = await openClient(relay);
    await relay.management.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: "x" }));
    await relay.management.send(new GetConnectionCommand({ ConnectionId: connectionId }));
    expect(calls).toEqual([
      ["PostToConnection", connectionId],
      ["GetConnection", connectionId],
    ]);
  });
});

describe("a socket", () => {
  test("is described by when it opened, who it is and when it was last used", async () => {
    const clock = new ManualClock();
    const relay = await startTestRelay(undefined, { clock });
    const { connectionId, socket } = await openClient(relay, { headers: { "User-Agent": "test/1" } });
    await clock.advance(5_000);
    socket.send("x");
    await relay.first("$default");
    const command = new GetConnectionCommand({ ConnectionId: connectionId });
    expect(await relay.management.send(command)).toMatchObject({
      ConnectedAt: new Date("2026-04-09T12:34:56.789Z"),
      LastActiveAt: new Date("2026-04-09T12:35:01.789Z"),
      Identity: { SourceIp: "127.0.0.1", UserAgent: "test/1" },
    });
  });

  test("is closed by its deletion; the function hears of that, and the socket is gone", async () => {
    const relay = await startTestRelay();
    const { connectionId, closed } = await openClient(relay);
    await relay.management.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    const again = relay.management.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    await expect(again).rejects.toThrow(GoneException);
    expect(await closed).toBe(1000);
    expect((await relay.first("$disconnect")).requestContext.connectionId).toBe(connectionId);
  });

  test("that its client has closed is gone", async () => {
    const relay = await startTestRelay();
    const { connectionId, socket } = await openClient(relay);
    socket.close();
    await relay.first("$disconnect");
    const posting = relay.management.send(
      new PostToConnectionCommand({ ConnectionId: connectionId, Data: "x" }),
    );
    await expect(posting).rejects.toThrow(GoneException);
  });

  test.each([
    new PostToConnectionCommand({ ConnectionId: unknownId, Data: "x" }),
    new GetConnectionCommand({ ConnectionId: unknownId }),
    new DeleteConnectionCommand({ ConnectionId: unknownId }),
  ])("that never was is gone ($constructor.name)", async (command) => {
    const relay = await startTestRelay();
    await expect(relay.management.send(command as GetConnectionCommand)).rejects.toThrow(GoneException);
  });
});

describe("the wire", () => {
  test("has the error's type in a header and its message in the body", async () => {
    const relay = await startTestRelay();
    const url = `${relay.managementUrl}/@connections/${encodeURIComponent(unknownId)}`;
    const answer = await fetch(url, { method: "POST", body: "x" });
    expect(answer.status).toBe(410);
    expect(answer.headers.get("x-amzn-ErrorType")).toBe("GoneException");
    expect(await answer.json()).toEqual({ message: expect.any(String) });
  });

  test.each([
    ["POST", "/@connections"],
    ["PUT", "/@connections/abc"],
    ["GET", "/@connections/%E0%A4%A"],
    ["GET", "/"],
  ])("knows no %s %s", async (method, path) => {
    const relay = await startTestRelay();
    expect((await fetch(relay.managementUrl + path, { method })).status).toBe(403);
  });

  test("is not served on the gateway's port", async () => {
    const relay = await startTestRelay();
    const url = `http://127.0.0.1:${relay.port}/@connections/${encodeURIComponent(unknownId)}`;
    expect((await fetch(url, { method: "POST", body: "x" })).status).toBe(404);
  });
});
