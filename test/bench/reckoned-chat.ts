import type { OperationName } from "../../lambdas/routes.ts";
import { assumed } from "./assumptions.ts";
import type { Calls } from "./call-counter.ts";
import { type CountedSteps, callsOf, type Step } from "./count-calls.ts";
import { readsAndWrites } from "./database-units.ts";

/** One kind of thing that happens in a chat. */
export interface ChatPart {
  /** The counted step that it costs as much as. */
  readonly step: Step;
  /** Of the API; missing where a page sends nothing to it. */
  readonly operation?: OperationName;
  /** How often, in a chat on average. */
  readonly times: number;
  /** Whether it goes on for as long as the chat, or happens in one moment of it. */
  readonly lasts?: boolean;
}

const uploads = assumed.uploadShare.value;

/**
 * The chat that is reckoned with: a start, and the 64 operations that chatjs made in a real browser while a person
 * exchanged 32 messages with an agent, typing and acknowledging as its interface does
 * (test/browser/describe-database-calls.ts prints them); now and then a file.
 */
export const reckonedChat: readonly ChatPart[] = [
  { step: "StartChatContact", operation: "start-chat-contact", times: 1 },
  { step: "CreateParticipantConnection", operation: "create-participant-connection", times: 1 },
  { step: "socket opened", times: 1 },
  { step: "GetTranscript", operation: "get-transcript", times: 2 },
  { step: "agent joins", times: 1 },
  { step: "SendMessage", operation: "send-message", times: 18, lasts: true },
  { step: "agent's message", times: 14, lasts: true },
  { step: "SendEvent", operation: "send-event", times: 14, lasts: true },
  { step: "SendEvent, a receipt", operation: "send-event", times: 28, lasts: true },
  { step: "StartAttachmentUpload", operation: "start-attachment-upload", times: uploads },
  { step: "CompleteAttachmentUpload", operation: "complete-attachment-upload", times: uploads },
  { step: "GetAttachment", operation: "get-attachment", times: uploads },
  { step: "DisconnectParticipant", operation: "disconnect-participant", times: 1 },
];

/** What one chat asks of every service, on average and in all. */
export interface ChatDemand {
  /**
   * Requests of the API, and the preflights that a browser sends before them: one for each path, which it remembers
   * for two hours.
   */
  readonly operations: number;
  readonly preflights: number;
  readonly databaseReads: number;
  readonly databaseWrites: number;
  /** Calls at Amazon Connect by operation. */
  readonly connect: Readonly<Record<string, number>>;
  /** Items that Connect publishes: each is a notification that the relay is invoked for. */
  readonly items: number;
  /** Calls of the bucket: ours, and the browser's PUT. */
  readonly bucketGets: number;
  readonly bucketPuts: number;
  /** Posts to sockets that answer no ping: items, and the confirmed subscription. */
  readonly posts: number;
  /** Minutes that a socket of ours is open: none in `direct`. */
  readonly socketMinutes: number;
  /** Bytes of our own log lines. */
  readonly logBytes: number;
}

/** Adds up what the parts of a chat were counted to call. `socketMinutes`: 0 in `direct`. */
export function demandOf(
  parts: readonly ChatPart[],
  counted: CountedSteps,
  socketMinutes: number,
): ChatDemand {
  const total = (figure: (calls: Calls) => number) =>
    parts.reduce((sum, { step, times }) => sum + times * figure(callsOf(counted, step)), 0);
  const asked = parts.filter(({ operation }) => operation !== undefined);
  const firstOfPath = new Map(asked.map(({ operation, times }) => [operation, Math.min(1, times)]));
  const connectOperations = new Set(parts.flatMap(({ step }) => callsOf(counted, step).connect));
  return {
    operations: asked.reduce((sum, { times }) => sum + times, 0),
    preflights: [...firstOfPath.values()].reduce((sum, times) => sum + times, 0),
    databaseReads: total(({ database }) => readsAndWrites(database).reads),
    databaseWrites: total(({ database }) => readsAndWrites(database).writes),
    connect: Object.fromEntries(
      [...connectOperations].map((name) => [
        name,
        total(({ connect }) => connect.filter((operation) => operation === name).length),
      ]),
    ),
    items: total(({ sns }) => sns),
    bucketGets: total(({ s3 }) => s3),
    bucketPuts: parts.find(({ step }) => step === "StartAttachmentUpload")?.times ?? 0,
    posts: total(({ sockets }) => sockets),
    socketMinutes,
    logBytes: total(({ logBytes }) => logBytes),
  };
}
