import { PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ManualClock } from "../manual-clock.ts";
import { type Client, openClient, startTestRelay, type TestRelay } from "./support.ts";

const minuteMs = 60_000;

async function openOnManualClock(): Promise<{ clock: ManualClock; relay: TestRelay; client: Client }> {
  const clock = new ManualClock();
  const relay = await startTestRelay(undefined, { clock });
  return { clock, relay, client: await openClient(relay) };
}

async function post(relay: TestRelay, { connectionId, next }: Client): Promise<void> {
  const received = next();
  const command = new PostToConnectionCommand({ ConnectionId: connectionId, Data: "hello" });
  await relay.management.send(command);
  await received;
}

describe("an open socket", () => {
  test("is closed after ten silent minutes, and the function hears of it", async () => {
    const { clock, relay, client } = await openOnManualClock();
    await clock.advance(10 * minuteMs - 1);
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
    await clock.advance(1);
    expect(await client.closed).toBe(1001);
    expect((await relay.first("$disconnect")).requestContext.disconnectStatusCode).toBe(1001);
  });

  test("is silent no more when its client says something", async () => {
    const { clock, relay, client } = await openOnManualClock();
    await clock.advance(9 * minuteMs);
    client.socket.send("ping");
    await relay.first("$default");
    await clock.advance(9 * minuteMs);
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
    await clock.advance(minuteMs);
    expect(await client.closed).toBe(1001);
  });

  test("is silent no more when it is posted to, and is closed after two hours all the same", async () => {
    const { clock, relay, client } = await openOnManualClock();
    for (let minutes = 0; minutes < 120; minutes += 8) {
      await post(relay, client);
      await clock.advance(8 * minuteMs);
    }
    expect(await client.closed).toBe(1001);
  });

  test("of two hours less a moment is still there", async () => {
    const { clock, relay, client } = await openOnManualClock();
    for (let minutes = 0; minutes < 112; minutes += 8) {
      await clock.advance(8 * minuteMs);
      await post(relay, client);
    }
    await clock.advance(8 * minuteMs - 1);
    await post(relay, client);
  });

  test("leaves no sleeper behind", async () => {
    const { clock, relay, client } = await openOnManualClock();
    client.socket.close();
    await relay.first("$disconnect");
    await client.closed;
    await clock.advance(0);
    expect(clock.pending).toEqual([]);
  });
});
