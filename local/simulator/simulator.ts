import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import { createScriptedAgent } from "./agent/scripted-agent.ts";
import type { Clock } from "./clock.ts";
import { answerRequest } from "./http/listener.ts";
import { createServices } from "./services.ts";
import { openSocket } from "./socket/open-socket.ts";
import type { Publish } from "./streaming/notification.ts";
import { createStreamPublisher } from "./streaming/stream-publisher.ts";
import { type AgentSettings, changeSwitches, defaultSwitches, type SwitchChanges } from "./switches.ts";

/** How long an idle connection is kept, in milliseconds: longer than any client's pool waits between two calls. */
const keepAliveMs = 60_000;

/** How a simulator is started. Everything has a default. */
export type SimulatorOptions = {
  /** The TCP port; 0, the default, takes any free one. */
  port?: number;
  /** The address to listen on; "127.0.0.1" by default. URLs that the simulator makes always name 127.0.0.1. */
  host?: string;
  /** The time, in place of the system's; `/_sim/clock` adds its offset to it. */
  clock?: Clock;
  /** Switches that differ from the defaults. */
  switches?: Omit<SwitchChanges, "agent">;
  /** Settings of the scripted agent, which is off unless `enabled` is set. */
  agent?: Partial<AgentSettings>;
  /** Where message streaming publishes to; without it, StartContactStreaming only records the topic. */
  publish?: Publish;
};

/** A simulator that listens. */
export type Simulator = {
  /** "http://127.0.0.1:PORT": the endpoint of both services, of the S3 and of the control plane. */
  url: string;
  port: number;
  /** Ends it: every socket, timer and kept-alive connection, at once. */
  close(): Promise<void>;
};

/**
 * Starts Amazon Connect chat on one port, with all state in memory.
 * Rejects with the system's error where the port is taken, and with a `RangeError` on an impossible switch.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const switches = defaultSwitches();
  changeSwitches(switches, { ...options.switches, agent: options.agent ?? {} });
  const services = createServices(options.clock ?? { now: Date.now }, switches);
  if (options.publish) services.chats.observe(createStreamPublisher(options.publish, services));
  services.chats.observe(createScriptedAgent(services));

  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer({ shouldUpgradeCallback: wantsSocket }, (request, response) => {
    answerRequest(request, response, services).catch(() => response.destroy());
  });
  server.keepAliveTimeout = keepAliveMs;
  const connections = new Set<Socket>();
  server.on("connection", (connection) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
  });
  server.on("upgrade", (request, stream, head) => {
    openSocket(sockets, request, stream, head, services).catch(() => stream.destroy());
  });
  server.listen(options.port ?? 0, options.host ?? "127.0.0.1");
  await once(server, "listening");

  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  services.address.authority = `127.0.0.1:${port}`;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      services.timeline.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of connections) connection.destroy();
      await closed;
    },
  };
}

/**
 * Java's HTTP client offers `Upgrade: h2c` with every request; a server that has no HTTP/2 goes on in HTTP/1.1 (RFC
 * 9110 §7.8).
 */
function wantsSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === "websocket";
}
