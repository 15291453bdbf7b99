import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { startDynamoDb } from "../../local/dynamodb.ts";

/**
 * What befalls the calls of the database: no connection, throttling, its own failure, or an answer lost after the
 * write.
 */
export type DatabaseFault = "refused" | "throttled" | "failing" | "answer-lost";

/** An embedded DynamoDB behind a line that can be made to fail. */
export interface FaultyDatabase {
  readonly url: string;
  /** Every operation that was asked for, those that failed included. */
  readonly calls: string[];
  /** Lets calls fail: all, or those of one operation; after `skip` good ones, `times` times. `undefined` heals. */
  fail(
    fault: DatabaseFault | undefined,
    operation?: string,
    spell?: { readonly skip?: number; readonly times?: number },
  ): void;
  close(): Promise<void>;
}

const errorTypes = { throttled: "ThrottlingException", failing: "InternalServerError" } as const;

/** Starts one. Give its address to the system as `AWS_ENDPOINT_URL_DYNAMODB`. */
export async function startFaultyDatabase(): Promise<FaultyDatabase> {
  const database = await startDynamoDb();
  const calls: string[] = [];
  let fault: DatabaseFault | undefined;
  let only: string | undefined;
  let skip = 0;
  let times = Number.POSITIVE_INFINITY;

  function nextFault(operation: string): DatabaseFault | undefined {
    if (only !== undefined && only !== operation) return undefined;
    if (skip-- > 0 || times-- <= 0) return undefined;
    return fault;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers["x-amz-target"]).replace(/^.*\./, "");
    calls.push(operation);
    const befallen = nextFault(operation);
    if (befallen === "refused") return void response.destroy();
    if (befallen === "throttled" || befallen === "failing") {
      response.writeHead(befallen === "throttled" ? 400 : 500, {
        "content-type": "application/x-amz-json-1.0",
      });
      return void response.end(
        JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${errorTypes[befallen]}` }),
      );
    }
    const answered = await pass(database.url, request);
    if (befallen === "answer-lost") return void response.destroy();
    response.writeHead(answered.status, [...answered.headers].flat());
    response.end(answered.body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    fail: (next, operation, spell = {}) => {
      fault = next;
      only = operation;
      skip = spell.skip ?? 0;
      times = spell.times ?? Number.POSITIVE_INFINITY;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await database.close();
    },
  };
}

async function pass(url: string, request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const names = ["x-amz-target", "content-type", "authorization", "x-amz-date"];
  const headers = names.map((name) => [name, String(request.headers[name])] as [string, string]);
  const response = await fetch(url, { method: "POST", headers, body: Buffer.concat(chunks) });
  const body = Buffer.from(await response.arrayBuffer());
  const kept = [...response.headers].filter(([name]) => name.startsWith("x-") || name === "content-type");
  return { status: response.status, headers: kept, body };
}
