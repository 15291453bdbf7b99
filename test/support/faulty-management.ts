import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One call of the management API. */
export interface ManagementCall {
  readonly method: string;
  readonly connectionId: string;
}

/** A line to the management API on which sockets fail, or fall silent, one by one. */
export interface FaultyManagement {
  /** Give it to the system as `RELAY_MANAGEMENT_URL`. */
  readonly url: string;
  readonly calls: ManagementCall[];
  /** Where it leads; to be set before the first socket. */
  connectTo(url: string): void;
  /** Answers calls of one method about one socket with a status, `times` times. */
  fail(call: ManagementCall, status: number, times?: number): void;
  /** When a socket was last heard, in milliseconds since the epoch, in the place of what the API knows. */
  lastHeard(connectionId: string, time: number): void;
  /** Heals everything. */
  heal(): void;
  close(): Promise<void>;
}

/** Starts one. */
export async function startFaultyManagement(): Promise<FaultyManagement> {
  const calls: ManagementCall[] = [];
  const faults = new Map<string, { status: number; times: number }>();
  const heard = new Map<string, number>();
  let target = "";

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = "", url = "" } = request;
    const call = { method, connectionId: decodeURIComponent(url.split("/").at(-1) ?? "") };
    calls.push(call);
    const fault = faults.get(keyOf(call));
    if (fault && fault.times-- > 0) {
      response.writeHead(fault.status, { "x-amzn-ErrorType": errorTypes[fault.status] ?? "InternalError" });
      return void response.end("{}");
    }
    const passed = await fetch(target + url, {
      method,
      ...(method === "POST" && { body: Buffer.concat(chunks) }),
    });
    const text = await passed.text();
    const time = method === "GET" && passed.ok ? heard.get(call.connectionId) : undefined;
    const body = time === undefined ? text : withLastActive(text, time);
    const type = passed.headers.get("x-amzn-errortype");
    response.writeHead(passed.status, { ...(type !== null && { "x-amzn-ErrorType": type }) });
    response.end(body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    connectTo: (url) => {
      target = url;
    },
    fail: (call, status, times = Number.POSITIVE_INFINITY) => {
      faults.set(keyOf(call), { status, times });
    },
    lastHeard: (connectionId, time) => {
      heard.set(connectionId, time);
    },
    heal: () => {
      faults.clear();
      heard.clear();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const errorTypes: Readonly<Record<number, string>> = {
  410: "GoneException",
  413: "PayloadTooLargeException",
};

function keyOf({ method, connectionId }: ManagementCall): string {
  return `${method} ${connectionId}`;
}

function withLastActive(text: string, time: number): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), lastActiveAt: new Date(time).toISOString() });
}
