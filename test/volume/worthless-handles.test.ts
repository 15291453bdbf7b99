import { randomBytes, randomUUID } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const malformed = 1_000_000;
const unknown = 10_000;

/** What the heap may grow by, in bytes: the limits' memory of 10,000 entries, and what the runtime keeps. */
const mostGrowth = 32 * 1024 * 1024;

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(() => system.close());

/** Bytes of the heap that are in use once nothing unused is left. */
function heapInUse(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Asks with so many handles, and tells the growth of the heap; the test's own log lines are not counted. */
async function ask(count: number, handle: (index: number) => string): Promise<number> {
  const invoke = createDirectFunctions(system);
  const body = JSON.stringify({ ContentType: "text/plain", Content: "hello" });
  const send = async (index: number) => {
    const { status } = await invoke({
      resource: "/participant/message",
      headers: { "x-amz-bearer": handle(index) },
      body,
    });
    if (status !== 403) throw new Error(`a worthless handle was answered ${status}`);
  };
  await send(0);
  const before = heapInUse();
  for (let index = 0; index < count; index += 100) {
    await Promise.all(
      Array.from({ length: Math.min(100, count - index) }, (_, offset) => send(index + offset)),
    );
    system.logs.length = 0;
  }
  return heapInUse() - before;
}

it("a million malformed handles cost no call and no memory", async () => {
  await system.simulator.forgetCalls();
  const calls = system.databaseCalls.length;
  const growth = await ask(malformed, (index) => `ccbff_ct_${index}.${index}`);

  process.stdout.write(
    `${malformed} malformed handles: heap grew by ${(growth / 1024 / 1024).toFixed(1)} MB\n`,
  );
  expect(growth).toBeLessThan(mostGrowth);
  expect(system.databaseCalls.length).toBe(calls);
  expect(await system.simulator.calls()).toEqual([]);
}, 300_000);

it("ten thousand unknown ones cost a write each that changes nothing, and bounded memory", async () => {
  await system.simulator.forgetCalls();
  const items = (await system.scan()).length;
  const calls = system.databaseCalls.length;
  const growth = await ask(
    unknown,
    () => `ccbff_ct_${randomUUID()}.${randomBytes(32).toString("base64url")}`,
  );

  process.stdout.write(`${unknown} unknown handles: heap grew by ${(growth / 1024 / 1024).toFixed(1)} MB\n`);
  expect(growth).toBeLessThan(mostGrowth);
  expect(system.databaseCalls.length - calls).toBe(unknown + 1);
  expect(await system.scan()).toHaveLength(items);
  expect(await system.simulator.calls()).toEqual([]);
}, 300_000);
