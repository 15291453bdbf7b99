import type { SNSEvent } from "aws-lambda";
import { createLocalTopic, type LocalTopic } from "../../sns/local-topic.ts";
import { startServer, type UpgradeListener } from "../../start-server.ts";
import type { GatewayClock } from "../clock.ts";
import type { Invoke } from "../invoke-in-time.ts";
import { createManagementApi, type ManagementApiOptions } from "./management-api.ts";
import type { SocketEvent } from "./socket-event.ts";
import { createSocketGateway, type SocketGateway } from "./socket-gateway.ts";

/** What {@link startRelay} is told. */
export interface RelayOptions {
  readonly invoke: Invoke<"relay", SocketEvent | SNSEvent>;
  /** Default: the machine's clock. */
  readonly clock?: GatewayClock;
  /** Told why an invocation failed. Default: nobody is told. */
  readonly onFailure?: (functionName: "relay", error: unknown) => void;
  /** Told every call of the management API. Default: nobody is told. */
  readonly onCall?: ManagementApiOptions["onCall"];
}

/** Everything around the relay function. */
export interface Relay {
  /** For the HTTP server that pages reach: it opens their sockets at `/relay`. */
  readonly upgrade: UpgradeListener;
  /** For whoever publishes chats: it delivers to the function. */
  readonly publish: LocalTopic["publish"];
  /** Drops sockets without a word, as a lost network does, and says how many there were. */
  readonly drop: SocketGateway["drop"];
  /** Endpoint of the management API, without a trailing slash. */
  readonly managementUrl: string;
  /** Drops the sockets, stops retries and frees the management API's port. */
  close(): Promise<void>;
}

/** Starts the WebSocket API, the management API (on a free port of 127.0.0.1) and the topic that the relay function has. */
export async function startRelay({ onCall, ...options }: RelayOptions): Promise<Relay> {
  const sockets = createSocketGateway(options);
  const topic = createLocalTopic({ ...options, onFailure: options.onFailure ?? (() => {}) });
  const management = await startServer(createManagementApi({ sockets, onCall }), 0);
  return {
    upgrade: sockets.upgrade,
    publish: topic.publish,
    drop: sockets.drop,
    managementUrl: management.url,
    close: () => {
      topic.close();
      sockets.close();
      return management.close();
    },
  };
}
