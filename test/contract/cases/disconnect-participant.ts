import { answered, type ContractCase, call, denied, invalid, story } from "../contract-case.ts";

const operation = "DisconnectParticipant";
const nothing = { output: {} };

export const disconnectParticipantCases: readonly ContractCase[] = [
  call(operation, "answers nothing", {}, nothing),
  call(operation, "takes the longest ClientToken", { ClientToken: "a".repeat(500) }, nothing),
  call(operation, "refuses a longer ClientToken", { ClientToken: "a".repeat(501) }, invalid),
  story(
    operation,
    "ends the chat for its sockets",
    async (chat) => {
      const socket = await chat.openSocket();
      await chat.get(operation);
      const ended = await socket.item(({ ContentType }) => ContentType?.endsWith("chat.ended") ?? false);
      return ended;
    },
    { Type: "EVENT", AbsoluteTime: "start + 4 s" },
  ),
  story(
    operation,
    "is answered again with the same ClientToken",
    async (chat) => [
      await chat.call(operation, { ClientToken: "bye" }),
      await chat.call(operation, { ClientToken: "bye" }),
    ],
    [nothing, nothing],
  ),
  story(
    operation,
    "asked again with another ClientToken",
    async (chat) => [await chat.call(operation), await chat.call(operation)],
    [nothing, denied],
    { difference: { name: "disconnected again", expected: [nothing, nothing] } },
  ),
  story(
    operation,
    "ends the chat for every other operation",
    async (chat) => {
      await chat.get(operation);
      return [
        await chat.call("SendMessage", { ContentType: "text/plain", Content: "anyone?" }),
        await chat.call("SendEvent", { ContentType: "application/vnd.amazonaws.connect.event.typing" }),
        await chat.call("GetTranscript"),
        await chat.call("StartAttachmentUpload", {
          AttachmentName: "a.txt",
          ContentType: "text/plain",
          AttachmentSizeInBytes: 1,
        }),
        await chat.call("CompleteAttachmentUpload", { AttachmentIds: ["a"] }),
        await chat.call("GetAttachment", { AttachmentId: "a" }),
      ];
    },
    Array(6).fill(denied),
  ),
  story(
    operation,
    "comes before an invalid input",
    async (chat) => {
      await chat.get(operation);
      return chat.call("SendMessage", { ContentType: "text/plain", Content: "" });
    },
    denied,
    { difference: { name: "input before session", expected: invalid } },
  ),
  story(
    operation,
    "is not asked for where the agent ends the chat",
    async (chat) => {
      await chat.openSocket();
      await chat.agent("end");
      const type = { Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"] };
      return [
        await chat.call("SendMessage", { ContentType: "text/plain", Content: "anyone?" }),
        await chat.call("CreateParticipantConnection", type),
      ];
    },
    [denied, denied],
  ),
  story(
    operation,
    "is not asked for where the chat's time is up",
    async (chat) => {
      await chat.openSocket();
      await chat.system.advance(60 * 60_000);
      return chat.call("GetTranscript");
    },
    denied,
    { start: { ChatDurationInMinutes: 60 } },
  ),
  story(
    "GetTranscript",
    "with a connection token of yesterday",
    async (chat) => {
      await chat.openSocket();
      await chat.system.advance(23 * 3_600_000);
      const today = await chat.call("GetTranscript");
      await chat.system.advance(2 * 3_600_000);
      return [today, await chat.call("GetTranscript")];
    },
    [answered(), denied],
    {
      start: { ChatDurationInMinutes: 10_080 },
      difference: { name: "renewed tokens", expected: [answered(), answered()] },
    },
  ),
];
