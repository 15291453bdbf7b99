import { randomUUID } from "node:crypto";
import { ConnectParticipantClient, SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import type { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { UpdateCommand as Update } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEvent, Context } from "aws-lambda";
import { Bench } from "tinybench";
import { createHandler } from "../../../lambdas/chain.ts";
import { chatOperations } from "../../../lambdas/registries/chat.ts";
import { createDatabase, createServices } from "../../../lambdas/services.ts";
import type { ItemUpdate, SessionItem } from "../../../lambdas/sessions/session-item.ts";
import { postEvent } from "../post-event.ts";
import { percentile } from "../statistics.ts";

/** What one way of sending a message took, per message. */
export interface Took {
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of this process's CPU. */
  readonly cpu: number;
  /** Kilobytes of heap that were allocated. */
  readonly heap: number;
}

/** By way: the handler, the bare calls of the SDK, the gateway, and the handler with both services answered at once. */
export type LatencyRun = Readonly<Record<"handler" | "bare" | "gateway" | "own", Took>>;

const [url = "", handle = "", token = "", count = "200"] = process.argv.slice(2);
const iterations = Number(count);
const event = JSON.parse(
  postEvent("/participant/message", { ContentType: "text/plain", Content: "hello" }, handle),
) as APIGatewayProxyEvent;
const context = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 10_000 } as Context;
const log = () => undefined;
const services = createServices(process.env, { log });
const updates: ItemUpdate[] = [];
let item: SessionItem | undefined;
const observed = {
  ...services,
  sessions: {
    ...services.sessions,
    update: async (pk: string, update: ItemUpdate) => {
      updates.push(update);
      const outcome = await services.sessions.update(pk, update);
      item = outcome.item;
      return outcome;
    },
  },
};
await call(createHandler("chat", observed, chatOperations));
const database = createDatabase();
const participant = new ConnectParticipantClient({});
const pk = handle.slice("ccbff_ct_".length).split(".")[0];
const values = updates.at(-1);
const answered = {
  ...services,
  sessions: {
    ...services.sessions,
    update: async () => ({ applied: true as const, item: item as SessionItem }),
  },
  participant: {
    ...services.participant,
    send: async () => ({ Id: randomUUID(), AbsoluteTime: new Date().toISOString() }) as never,
  },
};
const warm = createHandler("chat", services, chatOperations);
const own = createHandler("chat", answered, chatOperations);

/** The same two calls that the handler makes, one after the other. The update is unconditional: its condition's times would be over. */
async function bare(): Promise<void> {
  const { ConditionExpression: _, ...update } = values as ItemUpdate & { ConditionExpression?: string };
  const used = JSON.stringify(update.UpdateExpression);
  const input: UpdateCommand["input"] = {
    TableName: process.env["SESSIONS_TABLE"],
    Key: { pk },
    ...update,
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(update.ExpressionAttributeValues ?? {}).filter(([name]) =>
        new RegExp(`${name}\\b`).test(used),
      ),
    ),
    ReturnValues: "ALL_NEW",
  };
  await database.send(new Update(input));
  await participant.send(
    new SendMessageCommand({
      ContentType: "text/plain",
      Content: "hello",
      ClientToken: randomUUID(),
      ConnectionToken: token,
    }),
  );
}

async function call(handler: typeof warm): Promise<void> {
  const { statusCode, body } = await handler(event, context);
  if (statusCode !== 200) throw new Error(`${statusCode} ${body}`);
}

async function throughGateway(): Promise<void> {
  const response = await fetch(`${url}/participant/message`, {
    method: "POST",
    headers: { "x-amz-bearer": handle },
    body: event.body,
  });
  if (response.status !== 200) throw new Error(await response.text());
  await response.arrayBuffer();
}

async function measure(run: () => Promise<void>): Promise<Took> {
  const bench = new Bench({
    iterations,
    time: 0,
    warmupIterations: iterations / 4,
    warmupTime: 0,
    retainSamples: true,
    throws: true,
  });
  let cpu = process.cpuUsage();
  let heap = 0;
  bench.add("one", run, {
    beforeAll: () => {
      globalThis.gc?.();
      heap = process.memoryUsage().heapUsed;
      cpu = process.cpuUsage();
    },
    afterAll: () => {
      cpu = process.cpuUsage(cpu);
      heap = process.memoryUsage().heapUsed - heap;
    },
  });
  await bench.run();
  const result = bench.tasks[0]?.result;
  const samples = result !== undefined && "latency" in result ? (result.latency.samples ?? []) : [];
  return {
    p50: percentile([...samples], 50),
    p99: percentile([...samples], 99),
    cpu: (cpu.user + cpu.system) / iterations,
    heap: heap / iterations / 1_000,
  };
}

const run: Record<string, Took> = {};
for (const [way, act] of [
  ["bare", bare],
  ["handler", () => call(warm)],
  ["gateway", throughGateway],
  ["own", () => call(own)],
] as const) {
  run[way] = await measure(act);
}
process.stdout.write(JSON.stringify(run), () => process.exit());
