import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import dynalite from "dynalite";
import { sessionTable } from "../lambdas/sessions/session-table.ts";
import { returnItemOnFailure } from "./dynamodb/return-item-on-failure.ts";

/** What {@link startDynamoDb} may be told. */
export interface DynamoDbOptions {
  /** Names of the tables: of the sessions, of the relay, and of the starts. Default `sessions`, `relay` and `starts`. */
  readonly tableNames?: readonly string[];
  /** Told the operation (`UpdateItem`) of every request as it arrives, so that a test can count them. */
  readonly onCall?: (operation: string) => void;
}

/** A running embedded DynamoDB. */
export interface DynamoDb {
  /** Endpoint for the SDK, without a trailing slash. It takes any credentials and any region. */
  readonly url: string;
  /** Answers the requests it has, takes no others, and forgets all data. */
  close(): Promise<void>;
}

/**
 * Starts an embedded DynamoDB (dynalite) with empty tables, in memory, on a free port of 127.0.0.1. `timeToLive` is
 * ignored: nothing of ours relies on that removal.
 *
 * @throws Error if a table cannot be created
 */
export async function startDynamoDb(options: DynamoDbOptions = {}): Promise<DynamoDb> {
  returnItemOnFailure();
  const server = dynalite({ createTableMs: 0 });
  survivePartialRequests(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  for (const name of options.tableNames ?? ["sessions", "relay", "starts"]) await createTable(url, name);
  server.prependListener("request", (request) => options.onCall?.(operationOf(request)));
  return { url, close: () => close(server) };
}

const { subjectIndex } = sessionTable;

/** dynalite throws when a client hangs up half-way through its request, which would end the process it is embedded in. */
function survivePartialRequests(server: Server): void {
  server.on("request", (request) => {
    request.removeAllListeners("error");
    request.on("error", () => request.destroy());
  });
}

function operationOf(request: IncomingMessage): string {
  return String(request.headers["x-amz-target"]).replace(/^.*\./, "");
}

/**
 * All tables have the same key and, which only the sessions need, the same index. By hand rather than with the SDK,
 * whose loading would be most of the local run's start. dynalite checks no signature.
 */
async function createTable(url: string, tableName: string): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.CreateTable",
      "x-amz-date": "20260101T000000Z",
      authorization: "AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=none",
    },
    body: JSON.stringify({
      TableName: tableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [sessionTable.partitionKey, subjectIndex.partitionKey].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S",
      })),
      KeySchema: [{ AttributeName: sessionTable.partitionKey, KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: subjectIndex.name,
          KeySchema: [{ AttributeName: subjectIndex.partitionKey, KeyType: "HASH" }],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
    }),
  });
  const answer = await response.text();
  if (!response.ok) {
    throw new Error(`The embedded DynamoDB did not create the table ${tableName}: ${answer}`);
  }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
  const hangUpIdle = setInterval(() => server.closeIdleConnections(), 10);
  await closed.finally(() => clearInterval(hangUpIdle));
}
