import { type CountedChat, callsOf, countCalls, type Step } from "./count-calls.ts";
import { readsAndWrites } from "./database-units.ts";
import type { Measure, Table } from "./section.ts";

/** Operations of which a chat makes many, or a page may: the admission is all that the database is asked for. */
const admittedOnly = ["SendMessage", "SendEvent", "GetTranscript", "GetAttachment"] as const;

/** Calls per operation and per chat, and the functions that a first text chat meets cold. */
export const counts: Measure = async () => {
  const relay = await countCalls("relay");
  const direct = await countCalls("direct");
  return {
    title: "Counts",
    meaning:
      "What a chat spends of services that are paid or have quotas, by what a page or its agent does. Connect's quota of connections (6 a second for the whole instance) is what page loads " +
      "would exhaust: in relay only the first load takes one. SNS is what Connect published meanwhile, sockets are posts to the page's socket, log bytes are our own lines. " +
      "An operation that is passed on is one call of the database; a start, an end and a file take more, because each step is written down before the next and none is lost in a crash. " +
      "The PUT of a file is the browser's own call of the bucket, between the two operations of an upload.",
    tables: [
      { title: "Calls in relay mode", rows: callRows(relay) },
      { title: "Calls in direct mode", rows: callRows(direct) },
      {
        title: "CreateParticipantConnection calls at Connect",
        rows: {
          "a page at Connect itself": { "first load": 1, "each further load": 1 },
          relay: connections(relay),
          direct: connections(direct),
        },
      },
      {
        title: "A first text chat, each of its operations once",
        rows: { relay: firstChat(relay), direct: firstChat(direct) },
      },
    ],
    bounds: [
      ...admittedOnly.map((step) => ({
        claim: `database calls of ${step}`,
        measured: callsOf(direct.steps, step).database.length,
        most: 1,
      })),
      { claim: "functions of the API cold in a first text chat", measured: direct.functions.length, most: 3 },
    ],
    kept: {
      ...keptCalls(direct, "", ["database", "connect", "s3"]),
      // Not the relay's calls of the database: how often it looks for a socket is a matter of time.
      ...keptCalls(relay, " in relay", ["connect"]),
      "functions cold in a first text chat": { value: relay.functions.length, margin: 1 },
      "bytes of a session's item": { value: relay.itemBytes, margin: 1.05 },
    },
    raw: {},
  };
};

function callRows({ steps }: CountedChat): Table["rows"] {
  return Object.fromEntries(
    [...steps].map(([step, { database, connect, logBytes, ...calls }]) => [
      step,
      {
        "database reads": readsAndWrites(database).reads,
        "database writes": readsAndWrites(database).writes,
        connect: connect.length,
        ...calls,
        "log bytes": logBytes,
      },
    ]),
  );
}

function connections({ steps }: CountedChat) {
  return {
    "first load": callsOf(steps, "CreateParticipantConnection").connect.length,
    "each further load": callsOf(steps, "page load").connect.length,
  };
}

function firstChat({ steps, functions }: CountedChat) {
  const files: readonly Step[] = ["StartAttachmentUpload", "CompleteAttachmentUpload", "GetAttachment"];
  const ofText = [...steps].filter(([step]) => step !== "page load" && !files.includes(step));
  const total = (key: "database" | "connect") =>
    ofText.reduce((sum, [, calls]) => sum + calls[key].length, 0);
  return { "functions cold": functions.join(", "), database: total("database"), connect: total("connect") };
}

function keptCalls({ steps }: CountedChat, mode: string, keys: readonly ("database" | "connect" | "s3")[]) {
  return Object.fromEntries(
    [...steps].flatMap(([step, calls]) =>
      keys.map((key) => {
        const counted = calls[key];
        const value = typeof counted === "number" ? counted : counted.length;
        return [`${step}${mode}: ${key}`, { value, margin: 1 }];
      }),
    ),
  );
}
