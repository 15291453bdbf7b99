import { createHandler } from "../../../lambdas/chain.ts";
import { chatOperations } from "../../../lambdas/registries/chat.ts";
import { createServices } from "../../../lambdas/services.ts";
import { median } from "../statistics.ts";
import { invoke, toEvent } from "./call.ts";
import { profile, type Sample } from "./profile.ts";

/** What a process measured of itself. */
export interface StepsRun {
  /** Median milliseconds of a request, by what it waits for, in order. */
  readonly waits: Readonly<Record<string, number>>;
  /** Microseconds of CPU of a request, by whose code it is; our own by file. */
  readonly owners: Readonly<Record<string, number>>;
}

/** `steps-once.ts CONNECTION-HANDLE REQUESTS`, with the environment of the functions. */
const [bearer = "", requests = "0"] = process.argv.slice(2);

const event = toEvent({
  path: "/participant/message",
  body: { ContentType: "text/plain", Content: "hello" },
  bearer,
});
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
      send: (command, signal) => {
        mark();
        return services.participant.send(command, signal).finally(mark);
      },
    },
  },
  chatOperations,
);
const names = [
  "our steps before",
  "the database",
  "unsealing Connect's token",
  "Amazon Connect",
  "our steps after",
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
const measured = Object.fromEntries([...waits].map(([name, taken]) => [name, median(taken)]));
const samples = await profile(() => serveAll(Number(requests)));
const owners = new Map<string, number>();
for (const sample of samples) {
  const owner = ownerOf(sample);
  owners.set(owner, (owners.get(owner) ?? 0) + sample.microseconds / Number(requests));
}
const run: StepsRun = { waits: measured, owners: Object.fromEntries(owners) };
process.send?.(run, () => process.exit());

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
