import { once } from "node:events";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { systemClock } from "../../lambdas/clock.ts";
import { createRelayHandler, type RelayHandler } from "../../lambdas/relay/relay-handler.ts";
import { socketPath } from "../../local/gateway/sockets/socket-gateway.ts";
import { type Relay, startRelay } from "../../local/gateway/sockets/start-relay.ts";
import { type LocalServer, startServer } from "../../local/start-server.ts";
import { type RelaySystem, startRelaySystem, topicArn } from "./support/relay-system.ts";

const warmUps = 100;
const measured = 400;

let relay: Relay;
let server: LocalServer;
let system: RelaySystem;
let handler: RelayHandler;

beforeAll(async () => {
  relay = await startRelay({ invoke: (_name, event, context) => handler(event, context) });
  server = await startServer((_request, response) => response.destroy(), 0, relay.upgrade);
  system = await startRelaySystem(relay.managementUrl);
  handler = createRelayHandler(system.services);
});

afterAll(async () => {
  await server.close();
  await relay.close();
  await system.close();
});

it("brings every item that is published to the socket of its chat, and tells how long it took", async () => {
  const handle = await system.startSession(systemClock);
  const ticket = await system.ticketFor(handle, systemClock);
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${socketPath}?ticket=${ticket}`);
  await once(socket, "open");
  socket.send(JSON.stringify({ topic: "aws/subscribe", content: { topics: ["aws/chat"] } }));
  await once(socket, "message");

  const taken: number[] = [];
  for (let index = 0; index < warmUps + measured; index++) {
    const Id = crypto.randomUUID();
    const message = JSON.stringify({ ...item, Id, InitialContactId: handle.selector });
    const publishedAt = performance.now();
    await relay.publish(topicArn, message, { MessageVisibility: "ALL" });
    const [frame] = await once(socket, "message");
    taken.push(performance.now() - publishedAt);
    expect((JSON.parse(String(frame)) as { content: string }).content).toBe(message);
  }
  socket.close();

  const sorted = taken.slice(warmUps).sort((one, other) => one - other);
  const at = (share: number) => (sorted[Math.ceil(share * measured) - 1] ?? Number.NaN).toFixed(1);
  const figures = `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${measured} items`;
  process.stdout.write(`relay latency, publish to socket, on one machine: ${figures}\n`);
  expect(sorted).toHaveLength(measured);
}, 60_000);

const item = {
  AbsoluteTime: "2026-01-05T09:00:00.000Z",
  Content: "Good morning, how can I help you?",
  ContentType: "text/plain",
  Type: "MESSAGE",
  ParticipantRole: "AGENT",
  DisplayName: "Agent",
};
