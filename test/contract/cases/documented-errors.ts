import type { Input, OperationName } from "../client.ts";
import {
  answered,
  type ContractCase,
  call,
  conflict,
  denied,
  failed,
  invalid,
  notFound,
  overQuota,
  serialization,
  story,
  throttled,
  unavailable,
} from "../contract-case.ts";
import type { ContractChat } from "../contract-chat.ts";
import type { Difference } from "../differences.ts";
import { upload } from "./attachments.ts";

/** A valid call of each operation, as far as the proxy can tell. */
const inputs: Readonly<Partial<Record<OperationName, Input>>> = {
  SendMessage: { ContentType: "text/plain", Content: "Hello" },
  SendEvent: { ContentType: "application/vnd.amazonaws.connect.event.typing" },
  GetTranscript: {},
  StartAttachmentUpload: { AttachmentName: "a.txt", ContentType: "text/plain", AttachmentSizeInBytes: 1 },
  CompleteAttachmentUpload: { AttachmentIds: ["a"] },
  GetAttachment: { AttachmentId: "a" },
  DisconnectParticipant: {},
};

const operations = Object.keys(inputs) as OperationName[];

/** The errors that the API reference documents, beyond the four of every operation. */
const more: Readonly<Partial<Record<OperationName, readonly (typeof conflict)[]>>> = {
  SendMessage: [conflict],
  SendEvent: [conflict],
  StartAttachmentUpload: [overQuota],
  CompleteAttachmentUpload: [overQuota, conflict],
};

/** A call of `operation` while Connect answers it an error: for ever, or so many times. */
function underFault(
  operation: OperationName,
  title: string,
  { error }: typeof denied,
  times: number | undefined,
  difference?: ContractCase["difference"],
): ContractCase {
  return story(
    operation,
    title,
    async (chat) => {
      const input = await inputOf(chat, operation);
      const fault = { operation, status: error.status, type: error.name };
      await chat.control("PUT", "faults", [{ ...fault, ...(times !== undefined && { times }) }]);
      return chat.call(operation, input);
    },
    { error },
    difference && { difference },
  );
}

/** Only an upload that arrived is worth asking Connect about. */
async function inputOf(chat: ContractChat, operation: OperationName): Promise<Input> {
  if (operation === "CompleteAttachmentUpload") return { AttachmentIds: [await upload(chat)] };
  return inputs[operation] ?? { Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"] };
}

/**
 * Connect hears of an upload when it is completed, so what it says to a start comes then; that the file is completed
 * already is what was wanted.
 */
function differently(operation: OperationName, error: typeof denied): ContractCase["difference"] | undefined {
  if (operation === "StartAttachmentUpload") return { name: "quarantine", expected: answered() };
  const isDone = operation === "CompleteAttachmentUpload" && error === conflict;
  return isDone ? { name: "completed again", expected: { output: {} } } : undefined;
}

/** Calls with a token that opens nothing. */
function withBadTokens(operation: OperationName): ContractCase[] {
  const input = inputs[operation];
  return [
    call(operation, "refuses a token that was never made", { ...input, ConnectionToken: "x" }, denied),
    call(operation, "refuses no token", { ...input, ConnectionToken: undefined }, denied),
    call(
      operation,
      "refuses a participant token",
      async ({ tokens }) => ({ ...input, ConnectionToken: tokens.ParticipantToken }),
      denied,
    ),
  ];
}

/** A call whose answer is spoiled on its way: no error of the service, but of the client's own. */
function spoiled(
  fault: { readonly body?: string; readonly cut?: string; readonly times?: number },
  expected: object,
) {
  return story(
    "GetTranscript",
    `with ${JSON.stringify(fault)}`,
    async (chat) => {
      await chat.control("PUT", "faults", [{ operation: "GetTranscript", ...fault }]);
      return chat.call("GetTranscript");
    },
    { error: {} },
    { difference: { name: "broken answer", expected } },
  );
}

/** A passing fault, which the proxy absorbs. */
function passing(
  operation: OperationName,
  error: typeof denied,
  name: Difference,
  times: number,
  output: object,
) {
  const title = `with ${times} ${error.error.name} in passing`;
  return underFault(operation, title, error, times, { name, expected: answered(output) });
}

export const documentedErrorCases: readonly ContractCase[] = [
  ...operations.flatMap(withBadTokens),
  ...operations.flatMap((operation) =>
    [denied, invalid, throttled, failed, ...(more[operation] ?? [])].map((answer) =>
      underFault(
        operation,
        `passes on ${answer.error.name}`,
        answer,
        undefined,
        differently(operation, answer),
      ),
    ),
  ),
  ...[denied, invalid].map((answer) =>
    underFault("CreateParticipantConnection", `passes on ${answer.error.name}`, answer, undefined),
  ),
  story(
    "SendMessage",
    "passes on the throttling of a whole instance",
    async (chat) => {
      await chat.control("PUT", "quotas", { enforce: true, calls: { SendMessage: { rate: 0, burst: 0 } } });
      return chat.call("SendMessage", inputs.SendMessage);
    },
    throttled,
  ),
  spoiled({ body: "html" }, unavailable),
  spoiled({ body: "truncated" }, unavailable),
  spoiled({ cut: "before" }, unavailable),
  spoiled({ cut: "before", times: 1 }, answered({ Transcript: [] })),
  call("GetTranscript", "with a number where a text belongs", { StartPosition: { Id: 5 } }, serialization, {
    difference: { name: "wrong JSON type", expected: invalid },
  }),
  passing("SendMessage", failed, "absorbed fault", 1, { Id: "<id 1>" }),
  passing("SendMessage", throttled, "absorbed fault", 1, { Id: "<id 1>" }),
  passing("SendMessage", denied, "renewed tokens", 1, { Id: "<id 1>" }),
  passing("CreateParticipantConnection", failed, "patient connection", 3, { Websocket: { Url: "<Url 1>" } }),
  passing("CreateParticipantConnection", throttled, "patient connection", 3, {
    Websocket: { Url: "<Url 1>" },
  }),
];

const SessionId = "01234567-0123-0123-0123-012345678901";

/** Operations of 2024 and later, which the proxy does not serve. */
export const unsupportedCases: readonly ContractCase[] = [
  call("DescribeView", "finds no view", { ViewToken: "view" }, notFound, {
    difference: { name: "not supported", expected: invalid },
  }),
  call(
    "GetAuthenticationUrl",
    "is refused where no flow signs anyone in",
    { SessionId, RedirectUri: "https://www.example.com" },
    invalid,
  ),
  call("CancelParticipantAuthentication", "is refused where no flow signs anyone in", { SessionId }, invalid),
  call("CancelParticipantAuthentication", "with a bad token", { SessionId, ConnectionToken: "x" }, denied, {
    difference: { name: "not supported", expected: invalid },
  }),
];
