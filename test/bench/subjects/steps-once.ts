import { createHandler } from "../../../lambdas/chain.ts";
import { chatOperations } from "../../../lambdas/registries/chat.ts";
import { createServices } from "../../../lambdas/services.ts";
import { median } from "../statistics.ts";
import { invoke, toEvent } from "./call.ts";
import { profile, type Sample } from "./profile.ts";
import { type ProxiedWays, proxiedWays } from "./proxied-ways.ts";

/** What a process measured of itself. */
export interface StepsRun {
  /** Median milliseconds of a request, by what it waits for, in order. */
  readonly waits: Readonly<Record<string, number>>;
  /**
   * Microseconds of CPU of a request, by whose code it is, our own by file: of the handler, and of the same two calls
   * by the SDK alone.
   */
  readonly handler: Readonly<Record<string, number>>;
  readonly bare: Readonly<Record<string, number>>;
}

/** `steps-once.ts URL CONNECTION-HANDLE REQUESTS`, with the environment of the functions. */
const [url = "", bearer = "", requests = "0"] = process.argv.slice(2);

/** Parts that a profile is taken in. */
const parts = 6;

const message = { path: "/participant/message", body: { ContentType: "text/plain", Content: "hello" } };
const event = toEvent({ ...message, bearer });
const services = createServices(process.env);
const marks: number[] = [];
const mark = () => void marks.push(performance.now());
const handler = createHandler(
  "chat",
  {
    ...services,
    sessions: {
      ...services.sessions,
      update: (pk, update) => {
        mark();
        return services.sessions.update(pk, update).finally(mark);
      },
    },
    participant: {
      ...services.participant,
      prepare: (makeCommand, signal) => {
        const { send } = services.participant.prepare(makeCommand, signal);
        return {
          send: (token) => {
            mark();
            return send(token).finally(mark);
          },
        };
      },
    },
  },
  chatOperations,
);
const names = [
  "before: the steps to the admission",
  "the database",
  "between the two: judging, unsealing Connect's token",
  "Amazon Connect",
  "after: the answer and the log",
];
const waits = new Map(names.map((name) => [name, [] as number[]]));

async function serve(): Promise<void> {
  marks.length = 0;
  mark();
  await invoke(handler, event);
  mark();
  for (const [at, name] of names.entries()) {
    waits.get(name)?.push((marks[at + 1] ?? Number.NaN) - (marks[at] ?? Number.NaN));
  }
}

async function serveAll(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await serve();
}

await serveAll(Number(requests) / 2);
for (const taken of waits.values()) taken.length = 0;
await serveAll(Number(requests));
const run: StepsRun = {
  waits: Object.fromEntries([...waits].map(([name, taken]) => [name, median(taken)])),
  ...(await profileInTurn(await proxiedWays({ ...message, function: "chat" }, url, bearer))),
};
process.send?.(run, () => process.exit());

/** Both in turn, every other time the other way round. */
async function profileInTurn({ bare, handler }: ProxiedWays): Promise<Pick<StepsRun, "bare" | "handler">> {
  const ways = { bare, handler };
  const owners = { bare: new Map<string, number>(), handler: new Map<string, number>() };
  const names = Object.keys(ways) as (keyof typeof ways)[];
  for (let part = -2; part < parts; part++) {
    for (const name of part % 2 === 0 ? names : names.toReversed()) {
      const samples = await profile(async () => {
        for (let at = 0; at < Number(requests) / parts; at++) await ways[name](at);
      });
      if (part < 0) continue;
      for (const sample of samples) {
        const owner = ownerOf(sample);
        owners[name].set(owner, (owners[name].get(owner) ?? 0) + sample.microseconds / Number(requests));
      }
    }
  }
  return { bare: Object.fromEntries(owners.bare), handler: Object.fromEntries(owners.handler) };
}

/** Whose the innermost frame is that is not Node.js's own: what Node.js does there is done for it. */
function ownerOf({ frames }: Sample): string {
  const leaf = frames[0]?.functionName ?? "";
  if (leaf === "(idle)" || leaf === "(garbage collector)") return leaf;
  for (const { url } of frames) {
    const file = /\/(lambdas\/[\w/-]+)\.ts$/.exec(url)?.[1];
    if (file !== undefined) return file;
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
    if (name !== undefined) return name;
    if (url.includes("/test/bench/")) return "the benchmark";
  }
  return "Node.js";
}
