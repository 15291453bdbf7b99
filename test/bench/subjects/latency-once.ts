import { randomUUID } from "node:crypto";
import { ConnectParticipantClient, SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEvent, Context } from "aws-lambda";
import { Bench } from "tinybench";
import { createHandler } from "../../../lambdas/chain.ts";
import { chatOperations } from "../../../lambdas/registries/chat.ts";
import { createDatabase, createServices } from "../../../lambdas/services.ts";
import type { ItemUpdate, SessionItem } from "../../../lambdas/sessions/session-item.ts";
import { postEvent } from "../post-event.ts";
import { median, percentile } from "../statistics.ts";

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
const total = Number(count);

/** Blocks that a way is measured in. */
const blocks = 10;

/** Measurements of one block, per message. */
interface Block {
  readonly samples: readonly number[];
  readonly cpu: number;
  readonly heap: number;
}

const event = JSON.parse(
  postEvent("/participant/message", { ContentType: "text/plain", Content: "hello" }, handle),
) as APIGatewayProxyEvent;
const context = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 10_000 } as Context;
const log = () => undefined;
const services = createServices(process.env, { log });
const updates: ItemUpdate[] = [];
let seenAt = 0;
let item: SessionItem | undefined;
const observed = {
  ...services,
  sessions: {
    ...services.sessions,
    update: async (pk: string, update: ItemUpdate) => {
      seenAt = Date.now();
      updates.push(update);
      const outcome = await services.sessions.update(pk, update);
      item = outcome.item;
      return outcome;
    },
  },
};
await call(createHandler("chat", observed, chatOperations));
const database = createDatabase();
// Set up as the function's own clients are (lambdas/connect/participant-service.ts), so that only our code makes the difference.
const participant = new ConnectParticipantClient({
  maxAttempts: 2,
  disableClockSkewCorrection: true,
  requestHandler: { connectionTimeout: 800, requestTimeout: 3_000, throwOnRequestTimeout: true },
});
const pk = handle.slice("ccbff_ct_".length).split(".")[0];
const update = updates.at(-1) as ItemUpdate;
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

/** The same two calls that the handler makes, one after the other: the very update, with its times moved on to now. */
async function bare(): Promise<void> {
  const input: UpdateCommand["input"] = {
    TableName: process.env["SESSIONS_TABLE"],
    Key: { pk },
    ...update,
    ExpressionAttributeValues: movedOn(update.ExpressionAttributeValues ?? {}, Date.now() - seenAt),
    ReturnValues: "ALL_NEW",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
  await database.send(new UpdateCommand(input));
  await participant.send(
    new SendMessageCommand({
      ContentType: "text/plain",
      Content: "hello",
      ClientToken: randomUUID(),
      ConnectionToken: token,
    }),
  );
}

function movedOn(values: Readonly<Record<string, unknown>>, by: number): Record<string, unknown> {
  const moved = (value: unknown) => (typeof value === "number" && value > 1e12 ? value + by : value);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, moved(value)]));
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

/** One block of one way. */
async function measure(run: () => Promise<void>, iterations: number): Promise<Block> {
  const bench = new Bench({ iterations, time: 0, warmup: false, retainSamples: true, throws: true });
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
    samples: [...samples],
    cpu: (cpu.user + cpu.system) / iterations,
    heap: heap / iterations / 1_000,
  };
}

const ways = { bare, handler: () => call(warm), gateway: throughGateway, own: () => call(own) };
const names = Object.keys(ways) as (keyof typeof ways)[];
const taken = new Map<string, Block[]>(names.map((name) => [name, []]));
for (const name of names) await measure(ways[name], Math.ceil(total / 4));
// In turn, and every other time backwards: what the machine does meanwhile meets all.
for (let block = 0; block < blocks; block++) {
  for (const name of block % 2 === 0 ? names : names.toReversed()) {
    taken.get(name)?.push(await measure(ways[name], Math.ceil(total / blocks)));
  }
}
const took = [...taken].map(([name, all]): [string, Took] => {
  const samples = all.flatMap((each) => each.samples);
  const middle = (figure: "cpu" | "heap") => median(all.map((each) => each[figure]));
  return [
    name,
    { p50: median(samples), p99: percentile(samples, 99), cpu: middle("cpu"), heap: middle("heap") },
  ];
});
process.stdout.write(JSON.stringify(Object.fromEntries(took)), () => process.exit());
