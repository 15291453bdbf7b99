import type { OperationName } from "../contract/client.ts";
import {
  answered,
  conflict,
  denied,
  failed,
  invalid,
  notFound,
  overQuota,
  throttled,
} from "../contract/contract-case.ts";
import type { Difference } from "../contract/differences.ts";

const event = "application/vnd.amazonaws.connect.event.";

/** A call of a method of chatjs' session, and what its caller sees at Amazon Connect. */
export interface ChatjsCase {
  readonly title: string;
  readonly method: string;
  readonly args: object;
  readonly expected: object;
  /** The error that Amazon Connect answers to every call of an operation meanwhile. */
  readonly fault?: { readonly operation: OperationName; readonly status: number; readonly type: string };
  readonly difference?: { readonly name: Difference; readonly expected: object };
}

function call(
  method: string,
  title: string,
  args: object,
  expected: object,
  difference?: ChatjsCase["difference"],
): ChatjsCase {
  return { title: `${method} ${title}`, method, args, expected, ...(difference && { difference }) };
}

const text = { contentType: "text/plain", message: "hello" };
const SessionId = "01234567-0123-0123-0123-012345678901";
const sent = answered({ Id: "<id 1>", AbsoluteTime: "start + 0 s" });

/** Every method with every field, as far as chatjs lets them through to the service. */
const fields: readonly ChatjsCase[] = [
  call("sendMessage", "with a text", text, sent),
  call("sendMessage", "with Markdown", { ...text, contentType: "text/markdown" }, sent),
  call("sendMessage", "with JSON", { contentType: "application/json", message: "{}" }, sent),
  call(
    "sendMessage",
    "with an answer to an interactive message",
    { ...text, contentType: "application/vnd.amazonaws.connect.message.interactive.response" },
    sent,
  ),
  call("sendMessage", "with a clientToken", { ...text, clientToken: "one" }, sent),
  call("sendMessage", "with the longest text", { ...text, message: "a".repeat(16_384) }, sent),
  call("sendMessage", "with a text too long", { ...text, message: "a".repeat(16_385) }, invalid),
  call("sendEvent", "with typing", { contentType: `${event}typing` }, answered({ Id: "<id 1>" })),
  ...["delivered", "read"].map((kind) =>
    call(
      "sendEvent",
      `with ${kind}`,
      {
        contentType: `${event}message.${kind}`,
        content: JSON.stringify({ messageId: `of ${kind}`, disableThrottle: true }),
      },
      answered({ Id: "<id 1>" }),
    ),
  ),
  call("sendEvent", "with connection.acknowledged", { contentType: `${event}connection.acknowledged` }, sent),
  call("getTranscript", "with nothing", {}, answered({ InitialContactId: "<id 1>" })),
  call(
    "getTranscript",
    "with maxResults and sortOrder",
    { maxResults: 1, sortOrder: "DESCENDING" },
    answered(),
  ),
  call(
    "getTranscript",
    "with startPosition and scanDirection",
    { startPosition: { mostRecent: 2 }, scanDirection: "FORWARD" },
    answered(),
  ),
  call(
    "getTranscript",
    "with a time",
    { startPosition: { absoluteTime: "2100-01-01T00:00:00.000Z" }, maxResults: 2 },
    answered(),
  ),
  call("getTranscript", "with an unknown start", { startPosition: { id: "nowhere" } }, invalid),
  call("getTranscript", "with a bad nextToken", { nextToken: "bad" }, invalid),
  call("getTranscript", "with a foreign contactId", { contactId: "another" }, answered({ Transcript: [] })),
  call("getAttachmentURL", "of an unknown file", { attachmentId: "unknown" }, invalid),
  call("describeView", "finds no view", { viewToken: "view" }, notFound, {
    name: "not supported",
    expected: invalid,
  }),
  call(
    "getAuthenticationUrl",
    "is refused",
    { sessionId: SessionId, redirectUri: "https://www.example.com" },
    invalid,
  ),
  call("cancelParticipantAuthentication", "is refused", { sessionId: SessionId }, invalid),
];

/** A call of each method that meets one operation first. */
const calls: readonly (readonly [OperationName, string, object])[] = [
  ["SendMessage", "sendMessage", text],
  ["SendEvent", "sendEvent", { contentType: `${event}connection.acknowledged` }],
  ["GetTranscript", "getTranscript", {}],
  ["StartAttachmentUpload", "sendFile", {}],
  ["CompleteAttachmentUpload", "sendFile", {}],
  ["GetAttachment", "getAttachmentURL", { attachmentId: "a" }],
  ["DisconnectParticipant", "disconnectParticipant", {}],
];

/** Errors that every operation has. */
const common: ReadonlySet<typeof denied> = new Set([denied, invalid, throttled, failed]);

/** Errors that only some operations have. */
const more: Readonly<Partial<Record<OperationName, readonly (typeof denied)[]>>> = {
  SendEvent: [conflict],
  StartAttachmentUpload: [overQuota],
  CompleteAttachmentUpload: [overQuota, conflict],
};

/** That Connect completed the file already is what the proxy wanted. */
const completedAlready = { name: "completed again", expected: { output: {} } } as const;

/** Every documented error of every operation; error by error, so that the tries of one operation keep within its limit. */
const errors = [denied, invalid, throttled, failed, conflict, overQuota].flatMap((outcome) =>
  calls
    .filter(([operation]) => common.has(outcome) || more[operation]?.includes(outcome))
    .map(([operation, method, args]): ChatjsCase => {
      const { error } = outcome;
      const isCompleted = operation === "CompleteAttachmentUpload" && outcome === conflict;
      const difference = isCompleted ? completedAlready : undefined;
      return {
        ...call(method, `passes on ${error.name} of ${operation}`, args, { error }, difference),
        fault: { operation, status: error.status, type: error.name },
      };
    }),
);

export const chatjsCases: readonly ChatjsCase[] = [...fields, ...errors];
