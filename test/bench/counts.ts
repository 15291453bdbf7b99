import { type FunctionName, routes } from "../../lambdas/routes.ts";
import { send, startChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { connectPage } from "../support/relay-chat.ts";
import { openSubscribed } from "../support/relay-socket.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { putFile } from "./put-file.ts";
import type { Measure } from "./section.ts";

/** Calls that something cost, by who was called. */
export interface Calls {
  readonly database: number;
  readonly connect: number;
  readonly sns: number;
  readonly s3: number;
  readonly sockets: number;
}

/** What a page does in the counted chat, in this order. */
export type Step = (typeof steps)[number];
const steps = [
  "StartChatContact",
  "CreateParticipantConnection",
  "socket opened",
  "SendMessage",
  "SendEvent",
  "GetTranscript",
  "page load",
] as const;
const proxied = ["SendMessage", "SendEvent", "GetTranscript"] as const;

/** What each step of a first chat costs, in the mode `relay` or `direct`. Counted, so the same on any machine. */
export async function countCalls(realTime: "relay" | "direct") {
  const system = await startTestSystem(
    { REAL_TIME: realTime, RATE_LIMITS: generousLimits },
    new RunningClock(),
  );
  const buckets: string[] = [];
  system.observeUploads((operation) => void buckets.push(operation));
  const counted: Record<string, Calls> = {};
  const count = async <T>(step: string, act: () => Promise<T>): Promise<T> => {
    const before = await reading(system, buckets);
    const result = await act();
    // A page opens its socket at once; while it waits, the relay would ask again and again whether it is there.
    if (step !== "CreateParticipantConnection") await settled();
    const after = await reading(system, buckets);
    counted[step] = {
      database: after.database - before.database,
      connect: after.connect - before.connect,
      sns: after.sns - before.sns,
      s3: after.s3 - before.s3,
      sockets: after.sockets - before.sockets,
    };
    return result;
  };
  const post = (path: string, bearer: string, body: object) =>
    send(system.url, `/participant/${path}`, { bearer, body });
  const chat = await count("StartChatContact", () => startChat(system.url));
  const page = await count("CreateParticipantConnection", () => connectPage(system, chat.participantHandle));
  const bearer = page.connectionHandle;
  const socket = await count("socket opened", () => openSubscribed(page.socketUrl));
  await count("SendMessage", () => post("message", bearer, { ContentType: "text/plain", Content: "hi" }));
  await count("SendEvent", () =>
    post("event", bearer, { ContentType: "application/vnd.amazonaws.connect.event.typing" }),
  );
  await count("GetTranscript", () => post("transcript", bearer, {}));
  const functions = coldFunctions(system);
  const itemBytes = sizeOf((await system.readSession(chat.contactId)) ?? {});
  await count("page load", () => connectPage(system, chat.participantHandle));
  await count("upload", async () => {
    const id = await putFile(system.url, bearer, 1);
    return post("complete-attachment-upload", bearer, { AttachmentIds: [id], ClientToken: "complete" });
  });
  await count("DisconnectParticipant", () => post("disconnect", bearer, {}));
  socket.close();
  await settled();
  await system.close();
  return { counted, functions, itemBytes };
}

/** Calls per operation and per chat, and the functions that a first text chat meets cold. */
export const counts: Measure = async () => {
  const relay = await countCalls("relay");
  const direct = await countCalls("direct");
  const rows = (counted: Readonly<Record<string, Calls>>) =>
    Object.fromEntries(Object.entries(counted).map(([step, calls]) => [step, { ...calls }]));
  const tally = (counted: Readonly<Record<string, Calls>>, key: keyof Calls) =>
    steps.reduce((sum, step) => sum + (counted[step]?.[key] ?? 0), 0);
  const quota = {
    "a page at Connect itself": { "first load": 1, "each further load": 1 },
    relay: {
      "first load": connections(relay.counted, "CreateParticipantConnection"),
      "each further load": connections(relay.counted, "page load"),
    },
    direct: {
      "first load": connections(direct.counted, "CreateParticipantConnection"),
      "each further load": connections(direct.counted, "page load"),
    },
  };
  // Not the relay's calls of the database: how often it looks for a socket is a matter of time.
  const kept = Object.fromEntries([
    ...Object.entries(direct.counted).flatMap(([step, { database, connect, s3 }]) =>
      Object.entries({ database, connect, s3 }).map(([key, value]) => [
        `${step}: ${key}`,
        { value, margin: 1 },
      ]),
    ),
    ...Object.entries(relay.counted).map(([step, { connect }]) => [
      `${step} in relay: connect`,
      { value: connect, margin: 1 },
    ]),
  ]);
  return {
    title: "Counts",
    meaning:
      "What a chat spends of services that are paid or have quotas. Connect's quota of connections (6 a second for the whole instance) is what page loads " +
      "would exhaust: in relay only the first load takes one. SNS is what Connect published meanwhile.",
    tables: [
      { title: "Calls in relay mode", rows: rows(relay.counted) },
      { title: "Calls in direct mode", rows: rows(direct.counted) },
      { title: "CreateParticipantConnection calls at Connect", rows: quota },
      {
        title: "A first text chat",
        rows: {
          relay: {
            "functions cold": relay.functions.join(", "),
            database: tally(relay.counted, "database"),
            connect: tally(relay.counted, "connect"),
          },
          direct: {
            "functions cold": direct.functions.join(", "),
            database: tally(direct.counted, "database"),
            connect: tally(direct.counted, "connect"),
          },
        },
      },
    ],
    bounds: [
      ...proxied.map((step) => ({
        claim: `database calls of ${step}`,
        measured: direct.counted[step]?.database ?? Number.NaN,
        most: 1,
      })),
      { claim: "functions of the API cold in a first text chat", measured: direct.functions.length, most: 3 },
    ],
    kept: { ...kept, "functions cold in a first text chat": { value: relay.functions.length, margin: 1 } },
    raw: {},
  };
};

/** Calls by kind so far. */
async function reading(system: TestSystem, buckets: readonly string[]): Promise<Calls> {
  const requests = (await (await fetch(`${system.simulator.url}/_sim/requests`)).json()) as {
    readonly service: string;
  }[];
  const of = (...services: string[]) => requests.filter(({ service }) => services.includes(service)).length;
  return {
    database: system.databaseCalls.length,
    connect: of("connect", "participant"),
    sns: of("sns"),
    s3: buckets.length,
    sockets: system.socketCalls.length,
  };
}

/** Lets the relay finish what Connect published. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}

function connections(counted: Readonly<Record<string, Calls>>, step: string): number {
  return counted[step]?.connect ?? Number.NaN;
}

function coldFunctions({ logs }: Pick<TestSystem, "logs">): readonly FunctionName[] {
  const names = logs.flatMap(
    ({ operation }) => routes.find((route) => route.operation === operation)?.function ?? [],
  );
  return [...new Set(names)];
}

/** What DynamoDB counts of an item, about: names, texts, bytes, and for a number a byte for every two digits and one. */
function sizeOf(item: object): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + name.length + sizeOfValue(value), 0);
}

function sizeOfValue(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  if (typeof value === "number") return Math.ceil(String(value).length / 2) + 1;
  if (value instanceof Set) return [...value].reduce((sum: number, each) => sum + sizeOfValue(each), 0);
  return typeof value === "object" && value !== null ? 3 + sizeOf(value) : String(value).length;
}
