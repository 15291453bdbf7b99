import { setTimeout as pause } from "node:timers/promises";
import { percentile } from "../statistics.ts";
import { serve, storeSessions } from "./stored-sessions.ts";

/** What one concurrency came to. */
export interface Load {
  readonly concurrency: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Milliseconds that the database and Amazon Connect take to answer, each. */
const upstreamMs = 5;
const seconds = 1;

const stored = storeSessions({
  count: 1_000,
  path: "/participant/message",
  body: { ContentType: "text/plain", Content: "hello" },
  answer: { Id: "00000000-0000-0000-0000-000000000000", AbsoluteTime: new Date().toISOString() },
  wait: () => pause(upstreamMs),
});
await load(8);
const loads: Load[] = [];
for (const concurrency of [1, 2, 4, 8, 16, 32, 64, 128, 256]) loads.push(await load(concurrency));
process.send?.(loads, () => process.exit());

/** So many clients at a time, each with its next request as soon as it is answered. */
async function load(concurrency: number): Promise<Load> {
  const times: number[] = [];
  const startedAt = performance.now();
  const client = async (number: number) => {
    for (let at = number; performance.now() - startedAt < seconds * 1_000; at += concurrency) {
      const sentAt = performance.now();
      await serve(stored, at);
      times.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, (_, number) => client(number)));
  const elapsed = (performance.now() - startedAt) / 1_000;
  return {
    concurrency,
    perSecond: times.length / elapsed,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  };
}
