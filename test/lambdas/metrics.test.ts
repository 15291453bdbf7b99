import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessDenied, ChatError, unavailable } from "../../lambdas/errors.ts";
import {
  metricNamespace,
  metricTable,
  rejectionReasons,
  unmatchedOperation,
} from "../../lambdas/metric-names.ts";
import { createMetrics, type MetricLine, type MetricName } from "../../lambdas/metrics.ts";
import { sampleOf } from "../../lambdas/middleware/request-sample.ts";
import { createRelayHandler } from "../../lambdas/relay/relay-handler.ts";
import type { RelayServices } from "../../lambdas/relay/relay-services.ts";
import { routes } from "../../lambdas/routes.ts";
import { SealBrokenError } from "../../lambdas/sessions/sealing.ts";
import { lambdaContext } from "../../local/gateway/lambda-context.ts";
import { openChat, send } from "../support/chat.ts";
import { chatItem, itemEvent } from "../support/relay-function.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { startUpload, textFile } from "../support/upload.ts";

const operations = [...routes.map(({ operation }) => operation), unmatchedOperation];
const message = { ContentType: "text/plain", Content: "my secret words" };

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  system = await startTestSystem();
});

beforeEach(async () => {
  await system.simulator.faults([]);
  system.restartFunctions();
  chat = await openChat(system);
  system.metrics.length = 0;
});

afterEach(() => {
  for (const line of system.metrics) expectAllowed(line);
});

afterAll(async () => {
  await system.close();
});

function say(bearer = chat.connectionHandle) {
  return send(system.url, "/participant/message", { bearer, body: message });
}

/** The counts of the last line. */
function lastCounts(): Partial<Record<MetricName, number>> {
  const { _aws, Deployment, Operation, Reason, Latency, ...counts } = system.metrics.at(-1) as MetricLine;
  expect(Latency).toBeGreaterThanOrEqual(0);
  return counts;
}

/** Nothing but the names of the table, with their own dimensions, and no value of a dimension that a caller wrote. */
function expectAllowed(line: MetricLine): void {
  const { _aws, Deployment, Operation, Reason, ...values } = line;
  expect(Object.keys(values).filter((name) => !Object.hasOwn(metricTable, name))).toEqual([]);
  expect(Object.values(values).every((value) => Number.isFinite(value))).toBe(true);
  expect(Deployment).toBe("test");
  if (Operation !== undefined) expect(operations).toContain(Operation);
  if (Reason !== undefined) expect(rejectionReasons).toContain(Reason);
  expect(Object.keys(_aws).sort()).toEqual(["CloudWatchMetrics", "Timestamp"]);
  const declared = _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics, ...others }) => {
    expect([Namespace, others]).toEqual([metricNamespace, {}]);
    for (const { Name, Unit } of Metrics) {
      expect({ unit: Unit, dimensions: Dimensions }).toEqual(metricTable[Name]);
    }
    expect(Dimensions.flat().filter((dimension) => !Object.hasOwn(line, dimension))).toEqual([]);
    return Metrics.map(({ Name }) => Name);
  });
  expect(declared.sort()).toEqual(Object.keys(values).sort());
}

describe("a request", () => {
  it("writes one line in the embedded format, at the time of the functions' clock", async () => {
    await say();

    expect(system.metrics).toEqual([
      {
        _aws: {
          Timestamp: system.clock.now(),
          CloudWatchMetrics: [
            {
              Namespace: "ConnectChatBff",
              Dimensions: [["Deployment", "Operation"]],
              Metrics: [
                { Name: "Succeeded", Unit: "Count" },
                { Name: "Latency", Unit: "Milliseconds" },
              ],
            },
          ],
        },
        Deployment: "test",
        Operation: "send-message",
        Succeeded: 1,
        Latency: 0,
      },
    ]);
  });

  it("is counted as the client's error, without a word of the client's", async () => {
    await send(system.url, "/participant/message", {
      bearer: chat.connectionHandle,
      body: { ...message, ContentType: "my secret type" },
    });

    expect(lastCounts()).toEqual({ ClientErrors: 1 });
    expect(JSON.stringify(system.metrics)).not.toMatch(/secret|ccbff_/);
    expect(JSON.stringify(system.metrics)).not.toContain(chat.contactId);
  });

  it("is counted as throttled by us, and in total, beyond a limit of its session", async () => {
    for (let count = 0; count < 6; count++) await say();

    expect(lastCounts()).toEqual({ ThrottledByUs: 1 });
    expect(JSON.stringify(system.metrics.at(-1)?._aws)).toContain(
      '[["Deployment","Operation"],["Deployment"]]',
    );
  });

  it("is counted as throttled by Connect, with each of its tries", async () => {
    await throttle(9);
    expect((await say()).status).toBe(429);

    expect(lastCounts()).toEqual({ ThrottledByConnect: 1, UpstreamThrottles: 2 });
  });

  it("that succeeds at the second try leaves the throttled one behind", async () => {
    await throttle(1);
    expect((await say()).status).toBe(200);

    expect(lastCounts()).toEqual({ Succeeded: 1, UpstreamThrottles: 1 });
  });

  it("is counted as failed when Connect fails", async () => {
    await system.simulator.faults([{ operation: "SendMessage", status: 500, times: 9 }]);
    expect((await say()).status).toBe(500);

    expect(lastCounts()).toEqual({ Failed: 1 });
  });

  it.each([
    ["a wrong secret", (handle: string) => `${handle.slice(0, -6)}AAAAAA`],
    ["an unknown selector", (handle: string) => handle.replace(chat.contactId, crypto.randomUUID())],
  ])("with %s is counted as misuse of a handle", async (_what, spoil) => {
    expect((await say(spoil(chat.connectionHandle))).status).toBe(403);

    expect(lastCounts()).toEqual({ ClientErrors: 1, HandleMisuse: 1 });
  });

  it.each(["", "no handle at all"])("with the handle '%s' is no misuse", async (bearer) => {
    expect((await say(bearer)).status).toBe(403);

    expect(lastCounts()).toEqual({ ClientErrors: 1 });
  });

  it("that finds a broken seal says so", () => {
    const error = accessDenied("a seal is broken", new SealBrokenError());

    expect(valuesOf(error)).toEqual({ ClientErrors: 1, BrokenSeals: 1, Latency: 1 });
  });

  it("with a file that is refused is counted by its reason", async () => {
    await startUpload(system, chat.connectionHandle, textFile(), { AttachmentName: "a.exe" });

    expect(system.metrics.at(-1)).toMatchObject({
      Operation: "start-attachment-upload",
      Reason: "AttachmentTypeRefused",
      AttachmentsRejected: 1,
      ClientErrors: 1,
    });
  });

  it("of which nothing is known but that it failed is counted as failed", () => {
    expect(valuesOf("unknown")).toEqual({ Failed: 1, Latency: 1 });
    expect(valuesOf(unavailable("no answer"))).toEqual({ Failed: 1, Latency: 1 });
  });

  it("that is no operation is counted as unmatched", () => {
    expect(sampleOf({ operation: undefined, milliseconds: 1, error: null, upstreamThrottles: 0 })).toEqual({
      operation: "unmatched",
      reason: undefined,
      values: { Succeeded: 1, Latency: 1 },
    });
  });
});

describe("the reasons of refused files", () => {
  const sources = globSync("lambdas/**/*.ts", { cwd: join(import.meta.dirname, "../..") })
    .filter((file) => !file.endsWith("metric-names.ts"))
    .map((file) => readFileSync(join(import.meta.dirname, "../..", file), "utf8"));
  const thrown = /(?:ChatError\(\s*"\w+",|invalid\(|refusal\(|reason:)\s*"(Attachment\w+)"/g;
  const reasons = sources.flatMap((source) => [...source.matchAll(thrown)].map(([, reason = ""]) => reason));

  it("are those that the code throws and the metrics count", () => {
    const counted = [...new Set(reasons)].filter((reason) => {
      const { values } = sample(new ChatError("ValidationException", reason, "no"));
      return values.AttachmentsRejected === 1;
    });

    expect(counted.sort()).toEqual([...rejectionReasons]);
  });
});

describe("the relay", () => {
  const deliver = async (claim: () => Promise<unknown>) => {
    const lines: MetricLine[] = [];
    const services = {
      clock: system.clock,
      log: () => undefined,
      metrics: createMetrics("test", (line) => lines.push(line), system.clock.now),
      store: { claim },
    } as unknown as RelayServices;
    const now = () => Date.now();
    const context = lambdaContext({ functionName: "relay", requestId: "one", deadline: now() + 9_000, now });
    await createRelayHandler(services)(itemEvent(chatItem(chat.contactId)), context).catch(() => undefined);
    for (const line of lines) expectAllowed(line);
    return lines.map(({ _aws, ...values }) => values);
  };

  it("counts what it delivered", async () => {
    expect(await deliver(async () => ({ won: false, record: { done: true } }))).toEqual([
      { Deployment: "test", RelayDeliveries: 1 },
    ]);
  });

  it("counts what it could not deliver", async () => {
    expect(await deliver(() => Promise.reject(unavailable("the table")))).toEqual([
      { Deployment: "test", RelayDeliveryFailures: 1 },
    ]);
  });
});

it("counts nothing where there is no deployment", () => {
  const lines: MetricLine[] = [];
  createMetrics(undefined, (line) => lines.push(line), Date.now)({ values: { RelayDeliveries: 1 } });

  expect(lines).toEqual([]);
});

it("costs at most so many metrics as docs/operations.md says", () => {
  const counts = { Deployment: 1, Operation: operations.length, Reason: rejectionReasons.length };
  const most = Object.values(metricTable)
    .flatMap<readonly (keyof typeof counts)[]>(({ dimensions }) => dimensions)
    .map((set) => set.reduce((product, dimension) => product * counts[dimension], 1))
    .reduce((sum, count) => sum + count, 0);
  const page = readFileSync(join(import.meta.dirname, "../../docs/operations.md"), "utf8");

  expect(/at most (\d+) custom metrics/.exec(page)?.[1]).toBe(String(most));
});

function sample(error: unknown) {
  return sampleOf({ operation: "send-message", milliseconds: 1, error, upstreamThrottles: 0 });
}

function valuesOf(error: unknown) {
  return sample(error).values;
}

function throttle(times: number): Promise<void> {
  return system.simulator.faults([
    { operation: "SendMessage", status: 429, type: "ThrottlingException", times },
  ]);
}
